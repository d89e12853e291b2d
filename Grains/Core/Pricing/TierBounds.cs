namespace OrleansBilling.Core.Pricing;

/// <summary>What the bounds of tiers refer to.</summary>
public enum TierBounds
{
    /// <summary>The whole billing period. The default.</summary>
    Period = 0,

    /// <summary>One local day: each bound is multiplied by the days of the whole billing period.</summary>
    PerDay = 1,
}
