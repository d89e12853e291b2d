namespace OrleansBilling.Core.Expressions;

/// <summary>How big an expression may be. Every one ends: there are no loops, and each node is evaluated at most once.</summary>
public static class ExpressionLimits
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>Levels of brackets, conditions and functions inside each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>Values, names, operators and calls.</summary>
    public const int MaxNodes = 250;

    /// <summary>Characters of a text in it, and of the name of a dimension.</summary>
    public const int MaxTextLength = 64;

    /// <summary>Digits after the point of a quotient, and of what an expression comes to; rounded half even beyond.</summary>
    public const int MaxPlaces = Amounts.QuantityLimits.MaxFractionalDigits;
}
