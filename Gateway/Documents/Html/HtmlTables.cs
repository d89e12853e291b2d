using OrleansBilling.Documents.Content;

namespace OrleansBilling.Documents.Html;

/// <summary>Lines, tax breakdown and totals.</summary>
internal static class HtmlTables
{
    private static readonly (string Name, string Value) Number = ("class", "number");

    public static void WriteLines(HtmlWriter html, PageContent content)
    {
        html.Open("table", ("class", "lines"));
        html.Element("caption", $"{content.Title} {content.Number}");
        html.Open("thead");
        html.Open("tr");
        for (var i = 0; i < content.Columns.Count; i++)
        {
            html.Element("th", content.Columns[i], ("scope", "col"), ("class", i > 0 ? "number" : "text"));
        }

        html.Close();
        html.Close();
        html.Open("tbody");
        foreach (var row in content.Rows)
        {
            WriteRow(html, row);
        }

        html.Close();
        html.Close();
    }

    public static void WriteTaxes(HtmlWriter html, PageContent content)
    {
        html.Open("div");
        html.Open("table", ("class", "taxes"));
        html.Open("thead");
        html.Open("tr");
        html.Element("th", content.Texts["tax.heading"], ("scope", "col"));
        html.Element("th", content.Texts["tax.taxable"], ("scope", "col"), Number);
        html.Element("th", content.Texts["tax.amount"], ("scope", "col"), Number);
        html.Close();
        html.Close();
        html.Open("tbody");
        foreach (var tax in content.Taxes)
        {
            html.Open("tr");
            html.Open("th", ("scope", "row"));
            html.Text(tax.Rate);
            Small(html, tax.Reason);
            html.Close();
            html.Element("td", tax.Taxable, Number);
            html.Element("td", tax.Tax, Number);
            html.Close();
        }

        html.Close();
        html.Close();
        foreach (var fact in content.TaxFacts)
        {
            html.Open("p", ("class", "small"));
            html.Text(fact.Label.Length == 0 ? "" : $"{fact.Label}: ");
            html.Element("bdi", fact.Value);
            html.Close();
        }

        html.Close();
    }

    public static void WriteTotals(HtmlWriter html, PageContent content)
    {
        html.Open("table", ("class", "totals"));
        html.Element("caption", content.Texts["total.heading"]);
        html.Open("tbody");
        foreach (var total in content.Totals)
        {
            html.Open("tr", ("class", total.Weight switch
            {
                TotalWeight.Due => "due",
                TotalWeight.Strong => "strong",
                _ => "plain",
            }));
            html.Element("th", total.Label, ("scope", "row"));
            html.Element("td", total.Value, Number);
            html.Close();
        }

        html.Close();
        html.Close();
    }

    private static void WriteRow(HtmlWriter html, ContentRow row)
    {
        switch (row.Kind)
        {
            case ContentRowKind.Group:
                html.Open("tr", ("class", "group"));
                html.Element("th", row.Name, ("colspan", "5"), ("scope", "rowgroup"));
                break;
            case ContentRowKind.Subtotal:
                html.Open("tr", ("class", "subtotal"));
                html.Element("th", row.Name, ("colspan", "4"), ("scope", "row"));
                html.Element("td", row.Amount, Number);
                break;
            default:
                html.Open("tr");
                html.Open("th", ("scope", "row"));
                html.Text(row.Name);
                foreach (var note in row.Notes)
                {
                    Small(html, note);
                }

                html.Close();
                foreach (var cell in (string[])[row.Quantity, row.Price, row.Tax, row.Amount])
                {
                    html.Element("td", cell, Number);
                }

                break;
        }

        html.Close();
    }

    private static void Small(HtmlWriter html, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            html.Element("span", text, ("class", "small"));
        }
    }
}
