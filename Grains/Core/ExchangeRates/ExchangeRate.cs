using System.Numerics;
using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>What an amount is converted with: two rates of one day and source against one base currency.</summary>
/// <param name="From">Of the amount.</param>
/// <param name="To">Of what comes out.</param>
/// <param name="Base">Of the source: EUR for the European Central Bank.</param>
/// <param name="FromPerBase">Units of <paramref name="From"/> that one unit of the base is; 1 for the base itself.</param>
/// <param name="ToPerBase">Units of <paramref name="To"/> that one unit of the base is; 1 for the base itself.</param>
/// <param name="Date">The day for which the source published both.</param>
/// <param name="Source">Who published them.</param>
/// <remarks>Rule: ADR 0042. Directive 2006/112/EC, Art. 91(2): conversion between currencies other than the euro uses the euro
/// exchange rate of each of them.</remarks>
public sealed record ExchangeRate(
    Currency From, Currency To, Currency Base, decimal FromPerBase, decimal ToPerBase, LocalDate Date, string Source)
{
    /// <summary>Significant digits of <see cref="Rate"/> where the quotient has no end.</summary>
    public const int ShownDigits = 10;

    /// <summary>Units of <see cref="To"/> that one unit of <see cref="From"/> is, for people: exact where it has at most
    /// <see cref="ShownDigits"/> significant digits, else rounded to them, half away from zero. No amount is worked out with it.</summary>
    public decimal Rate => Shown(ToPerBase / FromPerBase);

    /// <summary>The amount in the other currency: exact up to the end, then rounded once to whole minor units, half away from zero.</summary>
    /// <exception cref="InvalidOperationException">The amount is of another currency than <see cref="From"/>.</exception>
    /// <exception cref="OverflowException">Beyond <see cref="long"/> minor units.</exception>
    public Money Convert(Money amount)
    {
        if (!amount.Currency.Equals(From))
        {
            throw new InvalidOperationException($"An amount in {amount.Currency} is not converted from {From} to {To}.");
        }
        var places = To.MinorUnitDigits - From.MinorUnitDigits + FromPerBase.Scale - ToPerBase.Scale;
        var (above, below) = (ExactMath.Mantissa(ToPerBase) * amount.MinorUnits, ExactMath.Mantissa(FromPerBase));
        (above, below) = places >= 0 ? (above * BigInteger.Pow(10, places), below) : (above, below * BigInteger.Pow(10, -places));
        return new((long)HalfAwayFromZero(above, below), To);
    }

    /// <param name="below">Above zero.</param>
    private static BigInteger HalfAwayFromZero(BigInteger above, BigInteger below)
    {
        var whole = BigInteger.DivRem(above, below, out var rest);
        return BigInteger.Abs(rest) * 2 >= below ? whole + above.Sign : whole;
    }

    private static decimal Shown(decimal quotient)
    {
        var places = ShownDigits;
        for (var size = quotient; size >= 1m && places > 0; size /= 10m)
        {
            places--;
        }
        for (var size = quotient * 10m; size < 1m && places < 28; size *= 10m)
        {
            places++;
        }
        return DecimalText.Normalize(decimal.Round(quotient, places, MidpointRounding.AwayFromZero));
    }
}
