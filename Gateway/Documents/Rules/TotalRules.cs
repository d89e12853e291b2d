namespace OrleansBilling.Documents.Rules;

/// <summary>BR-CO-10 to BR-CO-17: the arithmetic of totals and of each row of the breakdown.</summary>
internal static class TotalRules
{
    public static void Check(BillingDocument document, Findings findings)
    {
        var totals = document.Totals;
        var items = document.AllowancesAndCharges;
        findings.Equal("BR-CO-10", "totals.lineTotal", totals.LineTotal, document.Lines.Sum(line => line.NetAmount), "The sum of the lines");
        findings.Equal("BR-CO-11", "totals.allowanceTotal", totals.AllowanceTotal, items.Where(i => !i.IsCharge).Sum(i => i.Amount), "The sum of allowances");
        findings.Equal("BR-CO-12", "totals.chargeTotal", totals.ChargeTotal, items.Where(i => i.IsCharge).Sum(i => i.Amount), "The sum of charges");
        findings.Equal(
            "BR-CO-13", "totals.taxExclusive", totals.TaxExclusive, totals.LineTotal - totals.AllowanceTotal + totals.ChargeTotal,
            "The total without VAT");
        findings.Equal("BR-CO-14", "totals.tax", totals.Tax, document.TaxBreakdown.Sum(row => row.TaxAmount), "The VAT");
        findings.Equal("BR-CO-15", "totals.taxInclusive", totals.TaxInclusive, totals.TaxExclusive + totals.Tax, "The total with VAT");
        findings.Equal("BR-CO-16", "totals.due", totals.Due, totals.TaxInclusive - totals.Prepaid + totals.Rounding, "The amount due");
        for (var i = 0; i < document.TaxBreakdown.Count; i++)
        {
            CheckRow(document, document.TaxBreakdown[i], $"taxBreakdown[{i}]", findings);
        }
    }

    private static void CheckRow(BillingDocument document, TaxSubtotal row, string place, Findings findings)
    {
        var rule = TaxRules.Family(row.Tax.Category);
        var lines = document.Lines.Where(line => IsOf(line.Tax, row.Tax)).Sum(line => line.NetAmount);
        var items = document.AllowancesAndCharges.Where(item => item.Tax is { } tax && IsOf(tax, row.Tax))
            .Sum(item => item.IsCharge ? item.Amount : -item.Amount);
        findings.Equal($"{rule}-08", $"{place}.taxableAmount", row.TaxableAmount, lines + items, "The taxable amount");
        var tax = TaxCategories.IsTaxed(row.Tax.Category)
            ? decimal.Round(row.TaxableAmount * row.Tax.Rate / 100m, document.Currency.MinorUnitDigits, MidpointRounding.AwayFromZero)
            : 0m;
        var taxRule = TaxCategories.IsTaxed(row.Tax.Category) ? "BR-CO-17" : $"{rule}-09";
        findings.Equal(taxRule, $"{place}.taxAmount", row.TaxAmount, tax, "The tax");
    }

    private static bool IsOf(TaxClass tax, TaxClass row) =>
        tax.Category == row.Category && (tax.Rate == row.Rate || tax.Category == TaxCategory.OutsideScope);
}
