using System.Numerics;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>Fractions of amounts in whole minor units, exact until the one rounding.</summary>
internal static class TaxArithmetic
{
    /// <summary>Rates have at most four decimals.</summary>
    private const decimal RateScale = 10_000m;

    /// <summary>A share <c>rate / whole</c> of the sum of the amounts, rounded once, and handed out to them.</summary>
    /// <param name="amounts">Minor units; signs may differ.</param>
    /// <param name="ids">One per amount, all different: they break ties, so that the order of amounts does not count.</param>
    /// <param name="rate">Per cent.</param>
    /// <param name="whole">100 for a tax on top; 100 and all rates for a tax contained.</param>
    /// <returns>One part per amount. Each is its exact share cut towards zero, and the minor units then missing go to the largest
    /// remainders, those too many come from the smallest ones.</returns>
    internal static long[] Share(IReadOnlyList<long> amounts, IReadOnlyList<string> ids, decimal rate, decimal whole, LineRounding mode)
    {
        var (numerator, denominator) = ((BigInteger)(rate * RateScale), (BigInteger)(whole * RateScale));
        var sum = amounts.Aggregate(BigInteger.Zero, (total, amount) => total + amount);
        var target = Round(sum * numerator, denominator, mode);
        var parts = new long[amounts.Count];
        var remainders = new BigInteger[amounts.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (long)BigInteger.DivRem(amounts[i] * numerator, denominator, out remainders[i]);
            target -= parts[i];
        }
        var order = Enumerable.Range(0, parts.Length)
            .OrderByDescending(i => remainders[i] * target.Sign).ThenBy(i => ids[i], StringComparer.Ordinal).ToArray();
        for (var i = 0; !target.IsZero; i = (i + 1) % order.Length)
        {
            parts[order[i]] += target.Sign;
            target -= target.Sign;
        }
        return parts;
    }

    /// <summary>The quotient as a whole number. The same for both signs.</summary>
    internal static BigInteger Round(BigInteger numerator, BigInteger denominator, LineRounding mode)
    {
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        if (rest.IsZero)
        {
            return whole;
        }
        var half = (BigInteger.Abs(rest) * 2).CompareTo(denominator);
        var away = mode switch
        {
            LineRounding.HalfAwayFromZero => half >= 0,
            LineRounding.HalfEven => half > 0 || (half == 0 && !whole.IsEven),
            LineRounding.Down => false,
            LineRounding.Up => true,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such rounding."),
        };
        return away ? whole + rest.Sign : whole;
    }
}
