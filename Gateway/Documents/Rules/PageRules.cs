using OrleansBilling.Documents.Images;
using OrleansBilling.Documents.Localization;
using OrleansBilling.Documents.Pdf;
using OrleansBilling.Documents.Typesetting;

namespace OrleansBilling.Documents.Rules;

/// <summary>Rules of this library for pages.</summary>
internal static class PageRules
{
    public static void Check(BillingDocument document, Findings findings)
    {
        CheckMinorUnits(document, findings);
        var branding = document.Branding;
        if (branding.AccentColor is { } color && Color.Parse(color) is null)
        {
            findings.Add("OB-COLOUR", "branding.accentColor", $"'{color}' is no colour like #1d4e89.");
        }

        Logo.Read(branding.Logo, out var problem);
        if (problem is not null)
        {
            findings.Add("OB-LOGO", "branding.logo", problem);
        }

        foreach (var key in branding.Texts.Keys.Where(key => !DocumentTexts.Keys.Contains(key)).Order(StringComparer.Ordinal))
        {
            findings.Add("OB-TEXT", $"branding.texts.{key}", "There is no such text.");
        }

        CheckLength(document.Seller, "seller", findings);
        CheckLength(document.Buyer, "buyer", findings);
        if (PdfRenderer.MissingCharacters(document) is { Count: > 0 } missing)
        {
            findings.Add("OB-GLYPH", "document", $"The PDF cannot show {string.Join(", ", missing.Take(20).Select(rune => $"U+{rune.Value:X4} '{rune}'"))}.");
        }
    }

    private static void CheckLength(Party party, string place, Findings findings)
    {
        const int Most = 500;
        foreach (var text in (string[])[party.Name, .. party.Address.Lines, party.Address.City ?? "", party.Contact?.Email ?? ""])
        {
            if (text.Length > Most)
            {
                findings.Add("OB-LENGTH", place, $"A text has {text.Length} characters; the head of a page has room for {Most}.");
            }
        }
    }

    private static void CheckMinorUnits(BillingDocument document, Findings findings)
    {
        var digits = document.Currency.MinorUnitDigits;
        var totals = document.Totals;
        IEnumerable<(string Place, decimal Amount)> amounts =
        [
            .. document.Lines.Select((line, i) => ($"lines[{i}].netAmount", line.NetAmount)),
            .. document.AllowancesAndCharges.Select((item, i) => ($"allowancesAndCharges[{i}].amount", item.Amount)),
            .. document.TaxBreakdown.Select((row, i) => ($"taxBreakdown[{i}].taxAmount", row.TaxAmount)),
            ("totals.prepaid", totals.Prepaid), ("totals.rounding", totals.Rounding), ("totals.due", totals.Due),
        ];
        foreach (var (place, amount) in amounts)
        {
            if (decimal.Round(amount, digits, MidpointRounding.ToZero) != amount)
            {
                findings.Add("OB-MINOR-UNIT", place, $"{Findings.Text(amount)} has more than the {digits} decimals of {document.Currency.Code}.");
            }
        }
    }
}
