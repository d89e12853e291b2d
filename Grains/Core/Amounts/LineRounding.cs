namespace OrleansBilling.Core.Amounts;

/// <summary>How the exact amount of an invoice line becomes whole minor units. Applied once per line, never per
/// event.</summary>
public enum LineRounding
{
    /// <summary>To the nearest minor unit, ties away from zero: 0.005 is 0.01, -0.005 is -0.01. The default.</summary>
    HalfAwayFromZero = 0,

    /// <summary>To the nearest minor unit, ties to the even one: 0.005 is 0.00, 0.015 is 0.02.</summary>
    HalfEven = 1,

    /// <summary>Cut towards zero, as Japanese electricity bills are (to a whole yen): 0.019 is 0.01.</summary>
    Down = 2,

    /// <summary>Away from zero: 0.011 is 0.02, -0.011 is -0.02.</summary>
    Up = 3,
}
