using System.Text;
using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Images;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Makes the PDF of a document: fonts embedded, tagged for reading programs, the same bytes for the same document.</summary>
/// <remarks>Rule: ADR 0040. Safe to call from several threads.</remarks>
public static class PdfRenderer
{
    /// <summary>The file. A document that breaks business rules is rendered too: the pages show what it holds.</summary>
    /// <param name="document">Characters that no shipped font has are drawn as empty boxes; see <see cref="MissingCharacters"/>.
    /// A logo that cannot be read is left out; <see cref="Rules.DocumentValidator"/> says why.</param>
    /// <param name="format">Size of the pages.</param>
    public static byte[] Render(BillingDocument document, PageFormat format = PageFormat.A4)
    {
        var content = PageContents.Of(document);
        using var fonts = new FontSet(content.Format.Tag.Language);
        using var shaper = new Shaper(fonts, content.Format.Tag.Language, content.Format.IsRightToLeft);
        var logo = Logo.Read(document.Branding.Logo, out _);
        var layout = new PdfLayout(content, format, new(document.Branding), shaper, logo);
        PdfHead.Draw(layout);
        new PdfLines(layout, document).Draw();
        PdfSums.Draw(layout);
        DrawPayment(layout);
        DrawNotes(layout);
        layout.Finish();
        return new PdfAssembly(layout.Pages, layout.Structure, fonts, logo).Save(
            layout.PageWidth, layout.PageHeight, $"{content.Title} {content.Number}", content.Seller.Name,
            content.Language, document.IssueDate);
    }

    /// <summary>Characters of the document that none of the shipped fonts has, each once: the PDF cannot show them.</summary>
    public static IReadOnlyList<Rune> MissingCharacters(BillingDocument document)
    {
        var content = PageContents.Of(document);
        using var fonts = new FontSet(content.Format.Tag.Language);
        return [.. AllTexts.Of(content).SelectMany(fonts.Missing).Distinct()];
    }

    private static void DrawPayment(PdfLayout layout)
    {
        var content = layout.Content;
        layout.Need(PaymentHeight(layout));
        layout.Paragraph(content.Texts["payment.heading"], PdfStyles.Section, layout.Width, "H2");
        foreach (var sentence in content.PaymentSentences)
        {
            layout.Paragraph(sentence, PdfStyles.Body, layout.Width);
        }

        layout.Top += 3;
        layout.Facts(content.PaymentFacts, PdfLayout.Margin, layout.Width, layout.Structure.Add("Sect"));
        layout.Top += 10;
    }

    /// <summary>Account and reference stay together where a page holds them.</summary>
    private static float PaymentHeight(PdfLayout layout)
    {
        var sentences = layout.Content.PaymentSentences.Sum(text => layout.Set(text, PdfStyles.Body, layout.Width).Height);
        var height = PdfStyles.Section.LineHeight + sentences
            + (layout.Content.PaymentFacts.Count * (PdfStyles.Body.LineHeight + 2)) + 4;
        return Math.Min(height, layout.FullPage);
    }

    private static void DrawNotes(PdfLayout layout)
    {
        if (layout.Content.Notes.Count == 0)
        {
            return;
        }

        layout.Need(PdfStyles.Section.LineHeight + PdfStyles.Body.LineHeight);
        layout.Paragraph(layout.Content.Texts["notes.heading"], PdfStyles.Section, layout.Width, "H2");
        foreach (var note in layout.Content.Notes)
        {
            layout.Paragraph(note, PdfStyles.Body, layout.Width);
            layout.Top += 3;
        }
    }
}
