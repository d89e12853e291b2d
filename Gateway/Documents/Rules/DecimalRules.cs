namespace OrleansBilling.Documents.Rules;

/// <summary>BR-DEC-*: amounts have at most two decimals, whatever the currency has.</summary>
internal static class DecimalRules
{
    public static void Check(BillingDocument document, Findings findings)
    {
        foreach (var (rule, place, amount) in Amounts(document))
        {
            if (decimal.Round(amount, 2, MidpointRounding.ToZero) != amount)
            {
                findings.Add(rule, place, $"{Findings.Text(amount)} has more than two decimals, the most that EN 16931 allows.");
            }
        }
    }

    private static IEnumerable<(string Rule, string Place, decimal Amount)> Amounts(BillingDocument document)
    {
        var totals = document.Totals;
        yield return ("BR-DEC-09", "totals.lineTotal", totals.LineTotal);
        yield return ("BR-DEC-10", "totals.allowanceTotal", totals.AllowanceTotal);
        yield return ("BR-DEC-11", "totals.chargeTotal", totals.ChargeTotal);
        yield return ("BR-DEC-12", "totals.taxExclusive", totals.TaxExclusive);
        yield return ("BR-DEC-13", "totals.tax", totals.Tax);
        yield return ("BR-DEC-14", "totals.taxInclusive", totals.TaxInclusive);
        yield return ("BR-DEC-15", "totals.taxInTaxCurrency", totals.TaxInTaxCurrency ?? 0m);
        yield return ("BR-DEC-16", "totals.prepaid", totals.Prepaid);
        yield return ("BR-DEC-17", "totals.rounding", totals.Rounding);
        yield return ("BR-DEC-18", "totals.due", totals.Due);
        for (var i = 0; i < document.TaxBreakdown.Count; i++)
        {
            yield return ("BR-DEC-19", $"taxBreakdown[{i}].taxableAmount", document.TaxBreakdown[i].TaxableAmount);
            yield return ("BR-DEC-20", $"taxBreakdown[{i}].taxAmount", document.TaxBreakdown[i].TaxAmount);
        }

        for (var i = 0; i < document.AllowancesAndCharges.Count; i++)
        {
            var item = document.AllowancesAndCharges[i];
            yield return (item.IsCharge ? "BR-DEC-05" : "BR-DEC-01", $"allowancesAndCharges[{i}].amount", item.Amount);
            yield return (item.IsCharge ? "BR-DEC-06" : "BR-DEC-02", $"allowancesAndCharges[{i}].baseAmount", item.BaseAmount ?? 0m);
        }

        for (var i = 0; i < document.Lines.Count; i++)
        {
            var line = document.Lines[i];
            yield return ("BR-DEC-23", $"lines[{i}].netAmount", line.NetAmount);
            for (var j = 0; j < line.AllowancesAndCharges.Count; j++)
            {
                var item = line.AllowancesAndCharges[j];
                var place = $"lines[{i}].allowancesAndCharges[{j}]";
                yield return (item.IsCharge ? "BR-DEC-27" : "BR-DEC-24", $"{place}.amount", item.Amount);
                yield return (item.IsCharge ? "BR-DEC-28" : "BR-DEC-25", $"{place}.baseAmount", item.BaseAmount ?? 0m);
            }
        }
    }
}
