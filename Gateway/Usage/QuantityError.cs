namespace OrleansBilling.Gateway.Usage;

/// <summary>What is wrong with the text of a quantity.</summary>
public enum QuantityError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is no decimal number; NaN and Infinity are none either.</summary>
    Invalid,

    /// <summary>It is a number, but too large or with too many digits after the point.</summary>
    OutOfRange,
}
