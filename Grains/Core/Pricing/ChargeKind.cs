namespace OrleansBilling.Core.Pricing;

/// <summary>What a charge is due for.</summary>
public enum ChargeKind
{
    /// <summary>For the usage of a meter. The default when a meter is named.</summary>
    Usage = 0,

    /// <summary>For every period. The default when no meter is named.</summary>
    Recurring = 1,

    /// <summary>Once, in the first period.</summary>
    OneTime = 2,
}
