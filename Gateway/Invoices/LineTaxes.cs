using System.Globalization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Documents;
using TaxCategory = OrleansBilling.Documents.TaxCategory;
using TaxSubtotal = OrleansBilling.Documents.TaxSubtotal;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>Taxes of an invoice as documents show them: one class for each line, or for each part of it that a rate change divides.</summary>
/// <param name="statement">Null where no tax is charged: everything is outside the scope then.</param>
internal sealed class LineTaxes(TaxStatement? statement)
{
    private readonly Dictionary<string, TaxedLine> _lines = (statement?.Lines ?? []).ToDictionary(l => l.LineId, StringComparer.Ordinal);

    /// <summary>Of all lines.</summary>
    public decimal Total => statement?.Tax.ToDecimal() ?? 0m;

    /// <summary>A line, or its parts.</summary>
    /// <param name="number">Of the invoice's line.</param>
    /// <param name="amount">Of the line, where no tax is charged.</param>
    public IEnumerable<Part> PartsOf(int number, Money amount)
    {
        if (!_lines.TryGetValue(number.ToString(CultureInfo.InvariantCulture), out var line))
        {
            return [new(amount.ToDecimal(), 0m, new(TaxCategory.OutsideScope), null, IsWhole: true, null)];
        }
        // Several taxes of one part have the same taxable amount: together they are its rate.
        var parts = line.Taxes.GroupBy(t => t.Supply).ToArray();
        return parts.Select(p => new Part(
            p.First().Taxable.ToDecimal(), p.Sum(t => t.Amount.ToDecimal()), ClassOf(p), p.Key, parts.Length == 1,
            p.Select(t => t.Key.VatexCode).FirstOrDefault(c => c is not null)));
    }

    /// <summary>Sums by class, of the lines as they are on the document.</summary>
    public IReadOnlyList<TaxSubtotal> Breakdown(IEnumerable<DocumentLine> lines)
    {
        var taxes = _lines.Values.SelectMany(l => PartsOf(int.Parse(l.LineId, CultureInfo.InvariantCulture), l.Net)).ToLookup(p => p.Tax);
        return [.. lines.GroupBy(l => l.Tax).Select(group => new TaxSubtotal(
            group.Key, group.Sum(l => l.NetAmount), taxes[group.Key].Sum(p => p.TaxAmount),
            ExemptionReasonCode: taxes[group.Key].Select(p => p.VatexCode).FirstOrDefault(c => c is not null)))];
    }

    /// <summary>Taxes by their names, where a line bears several or they are none of value added in the EU.</summary>
    public DocumentNote[] Notes() => statement is null || statement.Breakdown.All(b => b.Key.Tax == "VAT") ? [] :
        [.. statement.Breakdown.Where(b => b.Amount.MinorUnits != 0).Select(b => new DocumentNote(
            $"{b.Key.Tax} ({b.Key.Jurisdiction}) {DecimalText.Format(b.Key.Rate)}%: {b.Amount} {b.Amount.Currency}"))];

    private static TaxClass ClassOf(IEnumerable<LineTax> taxes)
    {
        var charged = taxes.Where(t => t.Key.Category == Core.Taxation.TaxCategory.Standard).ToArray();
        return charged.Length > 0
            ? new(TaxCategory.Standard, charged.Sum(t => t.Key.Rate))
            : new(taxes.First().Key.Category switch
            {
                Core.Taxation.TaxCategory.ZeroRated => TaxCategory.ZeroRated,
                Core.Taxation.TaxCategory.Exempt => TaxCategory.Exempt,
                Core.Taxation.TaxCategory.ReverseCharge => TaxCategory.ReverseCharge,
                Core.Taxation.TaxCategory.IntraCommunity => TaxCategory.IntraCommunity,
                Core.Taxation.TaxCategory.Export => TaxCategory.Export,
                _ => TaxCategory.OutsideScope,
            });
    }

    /// <summary>What is on one line of a document.</summary>
    /// <param name="Net">Without tax.</param>
    /// <param name="TaxAmount">All taxes of it.</param>
    /// <param name="Tax">How it is taxed.</param>
    /// <param name="Supply">Its days; null where no tax says them.</param>
    /// <param name="IsWhole">Whether it is the whole line.</param>
    /// <param name="VatexCode">Why no tax is charged.</param>
    internal sealed record Part(decimal Net, decimal TaxAmount, TaxClass Tax, SupplyPeriod? Supply, bool IsWhole, string? VatexCode);
}
