using System.Text;
using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Images;

namespace OrleansBilling.Documents.Html;

/// <summary>Makes the page of a document: one file that loads nothing, for reading on a screen, with a reading program, and on
/// paper.</summary>
public static class HtmlRenderer
{
    /// <summary>What a server may allow the page: its own style and its logo, nothing else.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>The page in UTF-8, the same bytes for the same document.</summary>
    /// <param name="document">As for <see cref="Pdf.PdfRenderer.Render"/>.</param>
    /// <param name="format">Paper it is printed on.</param>
    public static byte[] Render(BillingDocument document, PageFormat format = PageFormat.A4)
    {
        var content = PageContents.Of(document);
        var html = new HtmlWriter();
        html.Raw("<!DOCTYPE html>\n");
        html.Open("html", ("lang", content.Language), ("dir", content.Format.IsRightToLeft ? "rtl" : "ltr"));
        html.Open("head");
        html.Raw("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Element("title", $"{content.Title} {content.Number}");
        html.Raw($"<style>\n{HtmlStyle.Of(content, document.Branding, format)}</style>\n");
        html.Close();
        html.Open("body");
        html.Open("main");
        WriteHead(html, content, document.Branding);
        HtmlTables.WriteLines(html, content);
        html.Open("div", ("class", "sums"));
        HtmlTables.WriteTaxes(html, content);
        HtmlTables.WriteTotals(html, content);
        html.Close();
        WritePayment(html, content);
        WriteNotes(html, content);
        html.Close();
        WriteFooter(html, content);
        html.CloseAll();
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void WriteHead(HtmlWriter html, PageContent content, Branding branding)
    {
        html.Open("header");
        if (Logo.Read(branding.Logo, out _) is { } logo)
        {
            html.Empty("img", ("src", $"data:{logo.MediaType};base64,{Convert.ToBase64String(logo.File.Span)}"),
                ("alt", branding.LogoText ?? content.Seller.Name));
        }
        else
        {
            html.Element("p", content.Seller.Name, ("class", "brand"));
        }

        html.Element("h1", content.Title);
        html.Close();
        html.Open("div", ("class", "parties"));
        WriteParty(html, content.Buyer);
        WriteParty(html, content.Seller);
        WriteFacts(html, content.Facts);
        html.Close();
        html.Open("p", ("class", "headline"));
        html.Open("span");
        html.Element("strong", content.Headline.Label);
        if (content.HeadlineNote is { } note)
        {
            html.Raw("<br>");
            html.Text(note);
        }

        html.Close();
        html.Element("b", content.Headline.Value);
        html.Close();
    }

    private static void WriteParty(HtmlWriter html, PartyBlock party)
    {
        html.Open("section");
        html.Element("h2", party.Heading);
        html.Open("address");
        html.Element("strong", party.Name);
        foreach (var line in party.Lines)
        {
            html.Raw("<br>");
            html.Text(line);
        }

        html.Close();
        foreach (var fact in party.Facts)
        {
            html.Open("p", ("class", "small"));
            html.Text(fact.Label.Length == 0 ? "" : $"{fact.Label}: ");
            html.Element("bdi", fact.Value);
            html.Close();
        }

        html.Close();
    }

    private static void WriteFacts(HtmlWriter html, IReadOnlyList<Fact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        html.Open("dl");
        foreach (var fact in facts)
        {
            html.Open("div");
            html.Element("dt", fact.Label);
            html.Open("dd");
            html.Element("bdi", fact.Value);
            html.Close();
            html.Close();
        }

        html.Close();
    }

    private static void WritePayment(HtmlWriter html, PageContent content)
    {
        html.Open("section", ("class", "payment"));
        html.Element("h2", content.Texts["payment.heading"]);
        foreach (var sentence in content.PaymentSentences)
        {
            html.Element("p", sentence);
        }

        WriteFacts(html, content.PaymentFacts);
        html.Close();
    }

    private static void WriteNotes(HtmlWriter html, PageContent content)
    {
        if (content.Notes.Count == 0)
        {
            return;
        }

        html.Open("section");
        html.Element("h2", content.Texts["notes.heading"]);
        foreach (var note in content.Notes)
        {
            html.Element("p", note, ("class", "note"));
        }

        html.Close();
    }

    private static void WriteFooter(HtmlWriter html, PageContent content)
    {
        if (content.Footer.Length > 0)
        {
            html.Element("footer", content.Footer);
        }
    }
}
