namespace OrleansBilling.Core.Pricing;

/// <summary>What the tiers of a matrix's rows count.</summary>
public enum MatrixCounters
{
    /// <summary>The usage of their own row. The default.</summary>
    PerRow = 0,

    /// <summary>The usage of all rows, which take their places in the tiers in the order of the plan: the first row from zero,
    /// the next from where that one ends, whenever the usage came.</summary>
    Shared = 1,
}
