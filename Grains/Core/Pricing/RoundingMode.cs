namespace OrleansBilling.Core.Pricing;

/// <summary>Which multiple a quantity between two becomes.</summary>
public enum RoundingMode
{
    /// <summary>The one above. The default.</summary>
    Up = 0,

    /// <summary>The one below.</summary>
    Down = 1,

    /// <summary>The nearer one; halfway the one above.</summary>
    HalfUp = 2,

    /// <summary>The nearer one; halfway the even multiple.</summary>
    HalfEven = 3,
}
