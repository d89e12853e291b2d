namespace OrleansBilling.Core.Amounts;

/// <summary>What a usage quantity may be, so that totals and prices stay exact in a decimal.</summary>
public static class QuantityLimits
{
    /// <summary>Digits after the point, at most.</summary>
    public const int MaxFractionalDigits = 12;

    /// <summary>The magnitude is below this.</summary>
    public const decimal MagnitudeBelow = 1_000_000_000_000_000m;

    /// <summary>Whether the quantity is within both limits; trailing zeros do not count.</summary>
    public static bool Allows(decimal quantity) =>
        Math.Abs(quantity) < MagnitudeBelow
        && (quantity.Scale <= MaxFractionalDigits || DecimalText.Normalize(quantity).Scale <= MaxFractionalDigits);
}
