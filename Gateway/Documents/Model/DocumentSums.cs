using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Documents;

/// <summary>VAT breakdown and totals of lines, by the calculation rules of EN 16931.</summary>
/// <param name="TaxBreakdown">BG-23, in the order in which categories and rates appear first.</param>
/// <param name="Totals">BG-22, without BT-111.</param>
public sealed record DocumentSums(IReadOnlyList<TaxSubtotal> TaxBreakdown, DocumentTotals Totals)
{
    /// <summary>Adds up. Tax is taken per category and rate, and rounded there once, half away from zero (BR-CO-17).</summary>
    /// <param name="currency">All amounts are in it, with at most its digits.</param>
    /// <param name="lines">With rounded net amounts.</param>
    /// <param name="allowancesAndCharges">Of the document; each has a tax class.</param>
    /// <param name="prepaid">BT-113.</param>
    /// <param name="rounding">BT-114.</param>
    /// <exception cref="ArgumentException">An allowance or charge without tax class.</exception>
    public static DocumentSums Of(
        Currency currency,
        IReadOnlyList<DocumentLine> lines,
        IReadOnlyList<AllowanceOrCharge> allowancesAndCharges,
        decimal prepaid = 0m,
        decimal rounding = 0m)
    {
        var breakdown = lines.Select(line => (Tax: Normal(line.Tax), Amount: line.NetAmount))
            .Concat(allowancesAndCharges.Select(item => (Tax: Normal(TaxOf(item)), Amount: Signed(item))))
            .GroupBy(part => part.Tax, part => part.Amount)
            .Select(group => Subtotal(currency, group.Key, group.Sum()))
            .ToList();
        var lineTotal = lines.Sum(line => line.NetAmount);
        var allowances = allowancesAndCharges.Where(item => !item.IsCharge).Sum(item => item.Amount);
        var charges = allowancesAndCharges.Where(item => item.IsCharge).Sum(item => item.Amount);
        var net = lineTotal - allowances + charges;
        var tax = breakdown.Sum(row => row.TaxAmount);
        return new(breakdown, new()
        {
            LineTotal = lineTotal,
            AllowanceTotal = allowances,
            ChargeTotal = charges,
            TaxExclusive = net,
            Tax = tax,
            TaxInclusive = net + tax,
            Prepaid = prepaid,
            Rounding = rounding,
            Due = net + tax - prepaid + rounding,
        });
    }

    private static TaxSubtotal Subtotal(Currency currency, TaxClass tax, decimal taxable) => new(
        tax, taxable, decimal.Round(taxable * tax.Rate / 100m, currency.MinorUnitDigits, MidpointRounding.AwayFromZero));

    /// <summary>Rates that differ only in trailing zeros are one; what is outside the scope has none.</summary>
    private static TaxClass Normal(TaxClass tax) => tax.Category == TaxCategory.OutsideScope ? tax with { Rate = 0m } : tax;

    private static TaxClass TaxOf(AllowanceOrCharge item) => item.Tax
        ?? throw new ArgumentException($"'{item.Reason}' on the document has no tax class.", nameof(item));

    private static decimal Signed(AllowanceOrCharge item) => item.IsCharge ? item.Amount : -item.Amount;
}
