using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>From assessed parts to amounts.</summary>
internal sealed class StatementBuilder(TaxRequest request, Currency currency, IReadOnlyList<AssessedPart> parts)
{
    private readonly Dictionary<(AssessedPart Part, TaxKey Key), long> _taxes = [];

    internal IReadOnlyList<TaxedLine> Lines()
    {
        foreach (var group in Groups())
        {
            Compute([.. group]);
        }
        return [.. parts.GroupBy(part => part.Line).OrderBy(group => group.Key).Select(Line)];
    }

    /// <summary>Amounts that are rounded together. What is contained in prices depends on all taxes of a part, so parts with the same
    /// taxes go together.</summary>
    private IEnumerable<IEnumerable<AssessedPart>> Groups() => parts
        .GroupBy(part => (
            Taxes: request.Settings.PricesIncludeTax ? string.Join('|', part.Keys.Select(key => Rounded(key).ToString())) : "",
            Line: request.Settings.Rounding == TaxRounding.PerLine && !part.RoundsPerInvoice ? $"{part.Line} {part.Part}" : ""));

    private void Compute(IReadOnlyList<AssessedPart> group)
    {
        foreach (var tax in group.SelectMany(part => part.Keys.Select(key => (Part: part, Key: key))).GroupBy(item => Rounded(item.Key)))
        {
            var (key, taxed) = (tax.Key, tax.Select(item => item.Part).ToList());
            var whole = request.Settings.PricesIncludeTax ? 100m + taxed[0].Rate : 100m;
            var shares = TaxArithmetic.Share(
                [.. taxed.Select(part => part.Amount.MinorUnits)],
                [.. taxed.Select(part => $"{part.LineId} {part.Part:D5}")],
                key.Rate, whole, request.Settings.Mode);
            foreach (var (item, share) in tax.Zip(shares))
            {
                _taxes.Add((item.Part, item.Key), share);
            }
        }
    }

    /// <summary>Two rules may lead to one tax; EN 16931 knows one subtotal per category and rate, so they are rounded together.</summary>
    private static TaxKey Rounded(TaxKey key) => key with { Rule = "" };

    private TaxedLine Line(IGrouping<int, AssessedPart> line)
    {
        var ordered = line.OrderBy(part => part.Part).ToList();
        var taxes = ordered.SelectMany(Taxes).ToList();
        var tax = taxes.Aggregate(Money.Zero(currency), (sum, item) => sum + item.Amount);
        var net = ordered.Aggregate(Money.Zero(currency), (sum, part) => sum + Net(part));
        return new(ordered[0].LineId, net, tax, net + tax, taxes);
    }

    private IEnumerable<LineTax> Taxes(AssessedPart part) =>
        part.Keys.Select(key => new LineTax(key, part.Supply, Net(part), new(_taxes[(part, key)], currency)));

    private Money Net(AssessedPart part) => request.Settings.PricesIncludeTax
        ? new(part.Amount.MinorUnits - part.Keys.Sum(key => _taxes[(part, key)]), currency)
        : part.Amount;
}
