using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Rows of a matrix: which one an event has, and what they cost together. Rules: "matrix" of docs/pricing.md, ADR 0016.</summary>
internal static class OracleMatrix
{
    /// <summary>The row with most keys; of equally many the one that gives the dimension declared earlier. The number of rows for
    /// the price otherwise; null when the event has no price.</summary>
    internal static int? Find(MatrixDefinition matrix, OracleEvent e)
    {
        var rows = Enumerable.Range(0, matrix.Rows.Count).Where(i => matrix.Rows[i].Keys.All(e.Fits));
        string[] given(int row) => [.. matrix.Dimensions.Where(d => matrix.Rows[row].Keys.Any(k => k.Dimension == d))];
        int[] best = [.. rows.OrderByDescending(i => given(i).Length)
            .ThenBy(i => string.Concat(matrix.Dimensions.Select(d => given(i).Contains(d) ? '0' : '1')), StringComparer.Ordinal)];
        return best.Length > 0 ? best[0] : matrix.Otherwise is null ? null : matrix.Rows.Count;
    }

    internal static PriceDefinition Price(MatrixDefinition matrix, int row) =>
        row < matrix.Rows.Count ? matrix.Rows[row].Price : matrix.Otherwise!.Price;

    /// <param name="uses">Of the rows that have usage, by their place in the plan.</param>
    internal static Rational Of(MatrixDefinition matrix, SortedDictionary<int, OracleUse> uses, int days)
    {
        if (matrix.Counters == MatrixCounters.PerRow)
        {
            return uses.Aggregate((Rational)0, (sum, u) => sum + OraclePrices.OfUsed(Price(matrix, u.Key), u.Value, days));
        }

        var total = uses.Values.Aggregate((Rational)0, (sum, use) => sum + use.Quantity);
        Rational amount = 0;
        Rational from = 0;
        foreach (var (row, use) in uses)
        {
            amount += Placed(Price(matrix, row), from, from + use.Quantity, total, days);
            from += use.Quantity;
        }

        return amount;
    }

    /// <summary>A row that stands in the tiers from one place to another.</summary>
    private static Rational Placed(PriceDefinition price, Rational from, Rational to, Rational total, int days)
    {
        if (price.Model == PriceModel.PerUnit)
        {
            return (to - from) * price.UnitPrice!.Value;
        }

        if (price.Model == PriceModel.Volume)
        {
            var whole = price.Tiers!.First(t => OraclePrices.Bound(price, t, days) is not { } bound || total <= bound);
            return (to - from) * OraclePrices.Unit(whole);
        }

        Rational sum = 0;
        Rational below = 0;
        foreach (var tier in price.Tiers!)
        {
            var above = OraclePrices.Bound(price, tier, days) ?? Rational.Max(to, below);
            var (first, last) = (Rational.Max(from, below), Rational.Min(to, above));
            sum += Rational.Max(0, last - first) * OraclePrices.Unit(tier);
            sum += from <= below && to > below ? tier.FlatFee ?? 0m : 0m;
            below = above;
        }

        return sum;
    }
}
