using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>The head of the first page: who, to whom, which document, how much.</summary>
internal static class PdfHead
{
    private const float LogoHeight = 44;
    private const float Gap = 22;

    public static void Draw(PdfLayout layout)
    {
        DrawTop(layout);
        DrawParties(layout);
        DrawHeadline(layout);
    }

    private static void DrawTop(PdfLayout layout)
    {
        var half = (layout.Width - Gap) / 2;
        var top = layout.Top;
        var title = layout.Set(layout.Content.Title, layout.Styles.Title, half);
        var brandHeight = DrawBrand(layout, half, top);
        var heading = layout.Structure.Add("H1");
        layout.Page.Block(title, PdfLayout.Margin + half + Gap, top, half, true, heading);
        layout.Top = top + Math.Max(brandHeight, title.Height) + 16;
    }

    private static float DrawBrand(PdfLayout layout, float width, float top)
    {
        if (layout.Logo is { } logo)
        {
            var scale = Math.Min(LogoHeight / logo.Height, width / logo.Width);
            var figure = layout.Structure.Add("Figure", layout.Content.Seller.Name);
            layout.Page.Image(PdfLayout.Margin, top, logo.Width * scale, logo.Height * scale, figure);
            return logo.Height * scale;
        }

        var name = layout.Set(layout.Content.Seller.Name, PdfStyles.Brand, width);
        layout.Page.Block(name, PdfLayout.Margin, top + 4, width, false, layout.Structure.Add("P"));
        return name.Height + 4;
    }

    private static void DrawParties(PdfLayout layout)
    {
        var column = (layout.Width - (2 * Gap)) * 0.3f;
        var facts = layout.Width - (2 * (column + Gap));
        var top = layout.Top;
        var bottom = top;
        PartyBlock[] parties = [layout.Content.Buyer, layout.Content.Seller];
        for (var i = 0; i < parties.Length; i++)
        {
            layout.Top = top;
            DrawParty(layout, parties[i], PdfLayout.Margin + (i * (column + Gap)), column);
            bottom = Math.Max(bottom, layout.Top);
        }

        layout.Top = top;
        layout.Facts(layout.Content.Facts, PdfLayout.Margin + (2 * (column + Gap)), facts, layout.Structure.Add("Sect"));
        layout.Top = Math.Max(bottom, layout.Top) + 14;
    }

    private static void DrawParty(PdfLayout layout, PartyBlock party, float x, float width)
    {
        var section = layout.Structure.Add("Sect");
        void Draw(string text, TextStyle style, string tag)
        {
            var owner = section.Add(tag);
            // A party longer than the page is cut (OB-LENGTH names it): the head stays on the first page.
            foreach (var line in layout.Set(text, style, width).Lines.TakeWhile(_ => layout.Left > style.LineHeight))
            {
                layout.Page.Text(line, style, x, layout.Top, width, false, owner);
                layout.Top += style.LineHeight;
            }
        }

        Draw(party.Heading, PdfStyles.Label, "H2");
        Draw(party.Name, PdfStyles.BodyBold, "P");
        foreach (var line in party.Lines)
        {
            Draw(line, PdfStyles.Body, "P");
        }

        if (party.Facts.Count > 0)
        {
            layout.Top += 3;
        }

        foreach (var fact in party.Facts)
        {
            var value = layout.Isolated(fact.Value);
            Draw(fact.Label.Length == 0 ? value : $"{fact.Label}: {value}", PdfStyles.Small, "P");
        }
    }

    private static void DrawHeadline(PdfLayout layout)
    {
        const float Padding = 12;
        var half = (layout.Width - (3 * Padding)) / 2;
        var label = layout.Set(layout.Content.Headline.Label, PdfStyles.Section, half);
        var note = layout.Set(layout.Content.HeadlineNote ?? "", PdfStyles.Body, half);
        var value = layout.Set(layout.Content.Headline.Value, layout.Styles.Headline, half);
        var height = Math.Max(value.Height, label.Height + note.Height) + Padding;
        layout.Need(height);
        layout.Page.Box(PdfLayout.Margin, layout.Top, layout.Width, height, layout.Styles.Accent.Tint(8));
        layout.Page.Box(PdfLayout.Margin, layout.Top, 3, height, layout.Styles.Accent);
        var owner = layout.Structure.Add("P");
        var text = layout.Top + ((height - label.Height - note.Height) / 2);
        layout.Page.Block(label, PdfLayout.Margin + Padding, text, half, false, owner);
        layout.Page.Block(note, PdfLayout.Margin + Padding, text + label.Height, half, false, owner);
        layout.Page.Block(
            value, PdfLayout.Margin + half + (2 * Padding), layout.Top + ((height - value.Height) / 2), half, true, owner);
        layout.Top += height + 18;
    }
}
