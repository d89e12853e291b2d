namespace OrleansBilling.Core.Amounts;

/// <summary>What a price or a fixed amount in a plan may be, in major units of its currency.</summary>
public static class PriceLimits
{
    /// <summary>Digits after the point, at most.</summary>
    public const int MaxFractionalDigits = 12;

    /// <summary>The magnitude is below this.</summary>
    public const decimal MagnitudeBelow = 1_000_000_000m;

    /// <summary>Whether the price is within both limits; trailing zeros do not count.</summary>
    public static bool Allows(decimal price) =>
        Math.Abs(price) < MagnitudeBelow
        && (price.Scale <= MaxFractionalDigits || DecimalText.Normalize(price).Scale <= MaxFractionalDigits);
}
