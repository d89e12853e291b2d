using System.Numerics;

namespace OrleansBilling.Oracle.Arithmetic;

/// <summary>Splits a whole number by weights: everyone gets the whole part of his share, and what is left goes one by one to
/// the largest remainders, of equal ones to the first.</summary>
internal static class LargestRemainder
{
    /// <param name="weights">None below zero, their sum above it.</param>
    internal static BigInteger[] Split(BigInteger whole, IReadOnlyList<Rational> weights)
    {
        var sum = weights.Aggregate((Rational)0, (a, b) => a + b);
        Rational[] shares = [.. weights.Select(w => new Rational(whole, 1) * w / sum)];
        BigInteger[] parts = [.. shares.Select(s => BigInteger.Divide(s.Numerator, s.Denominator))];
        var rest = (int)(whole - parts.Aggregate(BigInteger.Zero, (a, b) => a + b));
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => shares[i] - new Rational(parts[i], 1)).Take(rest))
        {
            parts[i]++;
        }

        return parts;
    }
}
