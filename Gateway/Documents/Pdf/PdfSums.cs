using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Pdf;

/// <summary>The tax breakdown at the start side and the totals at the end side, on one page together.</summary>
internal static class PdfSums
{
    private const float Padding = 3.5f;
    private const float Gap = 26;
    private const float Inset = 8;

    public static void Draw(PdfLayout layout)
    {
        var totalsWidth = layout.Width * 0.47f;
        var taxWidth = layout.Width - totalsWidth - Gap;
        var totals = TotalsHeight(layout, totalsWidth);
        layout.Need(totals + 8);
        var top = layout.Top;
        var page = layout.Page;
        DrawTotals(layout, PdfLayout.Margin + taxWidth + Gap, totalsWidth);
        var totalsEnd = layout.Top;
        layout.Top = top;
        DrawTaxes(layout, taxWidth);
        layout.Top = (page == layout.Page ? Math.Max(layout.Top, totalsEnd) : layout.Top) + 16;
    }

    private static TextStyle Style(PdfLayout layout, TotalRow row) => row.Weight switch
    {
        TotalWeight.Due => layout.Styles.Due,
        TotalWeight.Strong => PdfStyles.BodyBold,
        _ => PdfStyles.Body,
    };

    private static float TotalsHeight(PdfLayout layout, float width) =>
        layout.Content.Totals.Sum(row => Height(Cells(layout, row, width), row)) + 4;

    private static (TextBlock Label, TextBlock Value, float ValueWidth) Cells(PdfLayout layout, TotalRow row, float width)
    {
        var style = Style(layout, row);
        var inner = width - (2 * Inset);
        var widest = layout.Content.Totals.Max(total => TextBlock.Measure(total.Value, Style(layout, total), layout.Shaper));
        var valueWidth = Math.Min(widest + 1, inner * 0.68f);
        return (layout.Set(row.Label, style, inner - valueWidth - 8), layout.Set(row.Value, style, valueWidth), valueWidth);
    }

    private static float Height((TextBlock Label, TextBlock Value, float ValueWidth) cells, TotalRow row) =>
        Math.Max(cells.Label.Height, cells.Value.Height) + (2 * (row.Weight == TotalWeight.Due ? 6 : Padding));

    private static void DrawTotals(PdfLayout layout, float x, float width)
    {
        var table = layout.Structure.Add("Table");
        foreach (var row in layout.Content.Totals)
        {
            var cells = Cells(layout, row, width);
            var height = Height(cells, row);
            if (row.Weight == TotalWeight.Due)
            {
                layout.Top += 4;
                layout.Page.Box(x, layout.Top, width, height, layout.Styles.Accent.Tint(8));
                layout.Page.Box(x, layout.Top, width, 1.2f, layout.Styles.Accent);
            }
            else
            {
                layout.Page.Box(x, layout.Top + height, width, 0.5f, PdfStyles.Hairline);
            }

            var element = table.Add("TR");
            layout.Page.Block(cells.Label, x + Inset, layout.Top + ((height - cells.Label.Height) / 2), width, false, element.Add("TH"));
            layout.Page.Block(
                cells.Value, x + width - Inset - cells.ValueWidth, layout.Top + ((height - cells.Value.Height) / 2), cells.ValueWidth, layout.IsNumberAtEnd,
                element.Add("TD"));
            layout.Top += height;
        }
    }

    private static void DrawTaxes(PdfLayout layout, float width)
    {
        var texts = layout.Content.Texts;
        float[] widths = [width * 0.36f, (width * 0.34f) - 8, (width * 0.30f) - 8];
        var table = layout.Structure.Add("Table");
        DrawRow(layout, [texts["tax.heading"], texts["tax.taxable"], texts["tax.amount"]], widths, PdfStyles.Label, table.Add("TR"), "TH");
        foreach (var tax in layout.Content.Taxes)
        {
            DrawRow(layout, [tax.Rate, tax.Taxable, tax.Tax], widths, PdfStyles.Body, table.Add("TR"), "TD");
            if (tax.Reason is { } reason)
            {
                var block = layout.Set(reason, PdfStyles.Small, width);
                layout.Need(block.Height);
                layout.Page.Block(block, PdfLayout.Margin, layout.Top, width, false, table.Add("TR").Add("TD"));
                layout.Top += block.Height + 2;
            }
        }

        layout.Top += 2;
        layout.Facts(layout.Content.TaxFacts, PdfLayout.Margin, width, layout.Structure.Add("Sect"));
    }

    private static void DrawRow(
        PdfLayout layout, IReadOnlyList<string> texts, float[] widths, TextStyle style, PdfElement row, string tag)
    {
        var cells = texts.Select((text, i) => layout.Set(text, style, widths[i])).ToList();
        var height = cells.Max(cell => cell.Height);
        layout.Need(height + (2 * Padding));
        var x = PdfLayout.Margin;
        for (var i = 0; i < cells.Count; i++)
        {
            layout.Page.Block(cells[i], x, layout.Top + Padding, widths[i], i > 0 && layout.IsNumberAtEnd, row.Add(tag));
            x += widths[i] + 8;
        }

        layout.Top += height + (2 * Padding);
        layout.Page.Box(PdfLayout.Margin, layout.Top, widths.Sum() + 16, 0.5f, PdfStyles.Hairline);
    }
}
