using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Core.Invoicing;

/// <summary>The part of an invoice's taxes that a credit note takes back.</summary>
public static class CreditedTax
{
    /// <summary>
    /// Of every amount of a line the share that is credited of the line. Each share is what is credited after it less what was credited
    /// before it, both rounded, so that credit notes which together take back a line take back exactly its tax.
    /// </summary>
    /// <param name="invoice">Taxes of the invoice.</param>
    /// <param name="lines">What is credited, by line id; not two of one id.</param>
    /// <exception cref="KeyNotFoundException">The invoice has no such line.</exception>
    public static TaxStatement Of(TaxStatement invoice, IReadOnlyList<CreditedLine> lines)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        ArgumentNullException.ThrowIfNull(lines);
        var taxed = invoice.Lines.ToDictionary(l => l.LineId, StringComparer.Ordinal);
        TaxedLine[] credited = [.. lines.Select(l => Of(taxed[l.LineId], l))];
        var explanations = invoice.Breakdown.ToDictionary(b => b.Key, b => b.Explanation);
        var zero = Money.Zero(invoice.Gross.Currency);
        TaxSubtotal[] breakdown = [.. invoice.Breakdown.Select(b => b.Key).Where(k => credited.Any(c => c.Taxes.Any(t => t.Key == k))).Select(key =>
        {
            var parts = credited.SelectMany(c => c.Taxes).Where(t => t.Key == key).ToArray();
            return new TaxSubtotal(key, Sum(parts.Select(p => p.Taxable)), Sum(parts.Select(p => p.Amount)), explanations[key]);
        })];
        return invoice with
        {
            Net = Sum(credited.Select(c => c.Net)),
            Tax = Sum(credited.Select(c => c.Tax)),
            Gross = Sum(credited.Select(c => c.Gross)),
            Lines = credited,
            Breakdown = breakdown,
        };

        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(zero, (sum, amount) => sum + amount);
    }

    private static TaxedLine Of(TaxedLine line, CreditedLine credited)
    {
        LineTax[] taxes = [.. line.Taxes.Select(t => t with { Taxable = credited.ShareOf(t.Taxable), Amount = credited.ShareOf(t.Amount) })];
        var zero = Money.Zero(line.Gross.Currency);
        var tax = taxes.Aggregate(zero, (sum, t) => sum + t.Amount);
        // The credited amount itself is on the side on which the line's amount is.
        return credited.Whole == line.Net
            ? new(line.LineId, credited.Amount, tax, credited.Amount + tax, taxes)
            : new(line.LineId, credited.Amount - tax, tax, credited.Amount, taxes);
    }
}

/// <summary>What a credit note takes back of a line.</summary>
/// <param name="LineId">Of the invoice.</param>
/// <param name="Whole">Amount of the invoice's line, not zero: without tax, or with it where prices include it.</param>
/// <param name="Before">What earlier credit notes took back of it.</param>
/// <param name="Amount">What this one takes back.</param>
public sealed record CreditedLine(string LineId, Money Whole, Money Before, Money Amount)
{
    /// <summary>This credit note's share of an amount of the line.</summary>
    internal Money ShareOf(Money amount) => Through(amount, Before + Amount) - Through(amount, Before);

    private Money Through(Money amount, Money credited) => credited == Whole
        ? amount
        : Money.FromExact(amount.ToDecimal() * credited.MinorUnits / Whole.MinorUnits, amount.Currency, LineRounding.HalfAwayFromZero);
}
