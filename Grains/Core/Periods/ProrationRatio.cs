using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Periods;

/// <summary>The share of a period that a subscription was active, as an exact ratio from 0 to 1.</summary>
/// <param name="Numerator">Active days or seconds; not negative.</param>
/// <param name="Denominator">Days or seconds of the period; above zero.</param>
public readonly record struct ProrationRatio(long Numerator, long Denominator)
{
    /// <summary>Whether it is the whole period.</summary>
    public bool IsWhole => Numerator == Denominator;

    /// <summary>Places after the point that a share without a finite decimal is given to.</summary>
    public const int Places = 18;

    /// <summary>The share of an amount. Not rounded to a minor unit.</summary>
    /// <returns>Exact where a decimal of at most <see cref="Places"/> places exists; otherwise rounded half even to
    /// that many, so fine that a later rounding to the minor unit sees the right side of every tie.</returns>
    /// <exception cref="InexactAmountException">The amount times the numerator does not fit a decimal.</exception>
    public decimal Of(decimal amount) => IsWhole
        ? amount
        : decimal.Round(ExactMath.Multiply(amount, Numerator) / Denominator, Places, MidpointRounding.ToEven);
}
