using System.Numerics;

namespace OrleansBilling.Core.Amounts;

/// <summary>Sharing whole minor units by the largest-remainder method (Hamilton).</summary>
internal static class LargestRemainder
{
    internal static Money[] Allocate(Money amount, IReadOnlyList<long> weights) =>
        Allocate(amount, weights.Select(weight => (BigInteger)weight).ToArray());

    internal static Money[] Allocate(Money amount, IReadOnlyList<decimal> weights)
    {
        var places = weights.Select(weight => (int)weight.Scale).DefaultIfEmpty(0).Max();
        return Allocate(amount, weights.Select(weight => Scaled(weight, places)).ToArray());
    }

    private static Money[] Allocate(Money amount, BigInteger[] weights)
    {
        var total = Total(weights);
        var magnitude = BigInteger.Abs(amount.MinorUnits);
        var parts = new BigInteger[weights.Length];
        var remainders = new BigInteger[weights.Length];
        var left = magnitude;
        for (var i = 0; i < weights.Length; i++)
        {
            (parts[i], remainders[i]) = BigInteger.DivRem(magnitude * weights[i], total);
            left -= parts[i];
        }

        foreach (var i in ByRemainder(remainders).Take((int)left))
        {
            parts[i]++;
        }

        var sign = amount.MinorUnits < 0 ? -1 : 1;
        return Array.ConvertAll(parts, part => new Money((long)(part * sign), amount.Currency));
    }

    private static BigInteger Total(BigInteger[] weights)
    {
        var total = BigInteger.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            total += weights[i] >= 0
                ? weights[i]
                : throw new ArgumentException($"Weight {i} is negative: {weights[i]}.", nameof(weights));
        }

        return total > 0 ? total : throw new ArgumentException("The weights add up to nothing.", nameof(weights));
    }

    /// <summary>The weight as a whole number of its last place.</summary>
    private static BigInteger Scaled(decimal weight, int places)
    {
        var bits = decimal.GetBits(decimal.Abs(weight));
        var digits = (Digits(bits[2]) << 64) | (Digits(bits[1]) << 32) | Digits(bits[0]);
        return (weight < 0m ? -digits : digits) * BigInteger.Pow(10, places - weight.Scale);
    }

    private static BigInteger Digits(int bits) => unchecked((uint)bits);

    /// <remarks>A stable sort: of equal remainders the earlier part comes first.</remarks>
    private static IEnumerable<int> ByRemainder(BigInteger[] remainders) =>
        Enumerable.Range(0, remainders.Length).OrderByDescending(i => remainders[i]);
}
