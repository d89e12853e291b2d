using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>What is still to be paid of each line of a bill.</summary>
/// <remarks>
/// What is negative lowers lines of its own charge first, in their order. The rest of it, and credit brought forward, are nobody's in
/// particular: what is due is shared out over the lines in proportion, to the minor unit.
/// </remarks>
internal sealed class OpenAmounts
{
    private readonly IReadOnlyList<BillLine> _lines;
    private readonly Money[] _open;
    private Money _elsewhere;

    /// <param name="due">To be paid in all; zero and less for nothing.</param>
    /// <param name="lines">Of the bill.</param>
    internal OpenAmounts(Money due, IReadOnlyList<BillLine> lines)
    {
        var zero = Money.Zero(due.Currency);
        (_lines, Left) = (lines, due.MinorUnits > 0 ? due : zero);
        var weights = Weights(lines);
        var shared = Left.MinorUnits > 0 && weights.Any(w => w > 0);
        _open = shared ? [.. Left.Allocate(weights)] : [.. lines.Select(_ => zero)];
        _elsewhere = shared ? zero : Left;
    }

    /// <summary>Of all lines together.</summary>
    internal Money Left { get; private set; }

    /// <summary>Pays lines of a scope, in their order.</summary>
    /// <param name="scope">Null for all.</param>
    /// <param name="most">Not negative.</param>
    /// <returns>What was paid of each; and all together.</returns>
    internal (Money Amount, IReadOnlyList<LineDraw>? Lines) Pay(CreditScope? scope, Money most)
    {
        var paid = new List<LineDraw>();
        var rest = most;
        for (var i = 0; i < _open.Length && rest.MinorUnits > 0; i++)
        {
            if (_open[i].MinorUnits > 0 && scope?.Covers(_lines[i]) != false)
            {
                var amount = Postings.Least(_open[i], rest);
                paid.Add(new(i + 1, amount));
                _open[i] -= amount;
                rest -= amount;
            }
        }

        var other = scope is null ? Postings.Least(_elsewhere, rest) : Money.Zero(rest.Currency);
        _elsewhere -= other;
        var all = most - rest + other;
        Left -= all;
        return (all, _lines.Count == 0 ? null : paid);
    }

    private static long[] Weights(IReadOnlyList<BillLine> lines)
    {
        var weights = new long[lines.Count];
        foreach (var charge in Enumerable.Range(0, lines.Count).GroupBy(i => (lines[i].Subscription, lines[i].Charge)))
        {
            var off = -charge.Sum(i => Math.Min(0L, lines[i].Amount.MinorUnits));
            foreach (var i in charge)
            {
                var amount = Math.Max(0L, lines[i].Amount.MinorUnits);
                weights[i] = amount - Math.Min(amount, off);
                off -= Math.Min(amount, off);
            }
        }

        return weights;
    }
}
