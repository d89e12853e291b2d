using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Usage;

/// <summary>How many of one unit another is.</summary>
internal static class UnitRatio
{
    /// <summary>The factor from one unit to another of the same dimension, when it is a decimal of at most
    /// <see cref="QuantityLimits.MaxFractionalDigits"/> places.</summary>
    internal static bool TryExact(Unit from, Unit to, out decimal ratio) =>
        ExactMath.TryDivide(from.Factor, to.Factor, out ratio)
        && (ratio = DecimalText.Normalize(ratio)).Scale <= QuantityLimits.MaxFractionalDigits;
}
