using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Content;

/// <summary>Totals and tax breakdown as pages show them.</summary>
internal static class Sums
{
    public static IReadOnlyList<TotalRow> Totals(BillingDocument document, LocaleFormat format, DocumentTexts texts)
    {
        var totals = document.Totals;
        var isSettled = totals.Prepaid != 0 || totals.Rounding != 0;
        var rows = new List<TotalRow>();
        void Add(string key, decimal amount, TotalWeight weight = TotalWeight.Normal) =>
            rows.Add(new(texts[key], format.Money(amount, document.Currency), weight));

        Add("total.net", totals.TaxExclusive);
        Add("total.tax", totals.Tax);
        if (isSettled)
        {
            Add("total.gross", totals.TaxInclusive, TotalWeight.Strong);
        }

        if (totals.Prepaid != 0)
        {
            Add("total.prepaid", -totals.Prepaid);
        }

        if (totals.Rounding != 0)
        {
            Add("total.rounding", totals.Rounding);
        }

        Add(document.Kind == DocumentKind.CreditNote ? "total.credit" : "total.due", totals.Due, TotalWeight.Due);
        return rows;
    }

    public static IReadOnlyList<TaxRow> Taxes(BillingDocument document, LocaleFormat format, DocumentTexts texts) =>
    [
        .. document.TaxBreakdown.Select(row => new TaxRow(
            TaxCategories.NameKey(row.Tax.Category) is { } key ? texts[key] : format.Percent(row.Tax.Rate),
            format.Amount(row.TaxableAmount, document.Currency),
            format.Amount(row.TaxAmount, document.Currency),
            TaxCategories.Reason(row, texts) is { } reason && reason != Name(row, texts) ? reason : null)),
    ];

    public static IReadOnlyList<Fact> TaxFacts(BillingDocument document, LocaleFormat format, DocumentTexts texts)
    {
        var facts = new List<Fact>();
        if (document is { TaxCurrency: { } currency, Totals.TaxInTaxCurrency: { } tax })
        {
            facts.Add(new(texts.Format("tax.inCurrency", ("currency", currency.Code)), format.Money(tax, currency)));
            if (document.TaxCurrencyRate is { } rate)
            {
                facts.Add(new("", texts.Format(
                    "tax.exchangeRate",
                    ("from", $"{format.Number(1m)}\u00A0{document.Currency.Code}"),
                    ("to", $"{format.Number(rate)}\u00A0{currency.Code}"))));
            }

            if (document.TaxCurrencyRateOrigin is { } origin)
            {
                facts.Add(new("", $"{origin.Source}, {format.Date(origin.Date)}"));
            }
        }

        return facts;
    }

    private static string? Name(TaxSubtotal row, DocumentTexts texts) =>
        TaxCategories.NameKey(row.Tax.Category) is { } key ? texts[key] : null;
}
