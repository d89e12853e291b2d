namespace OrleansBilling.Core.Pricing;

/// <summary>What usage in a trial costs.</summary>
public enum UsageInTrial
{
    /// <summary>Nothing. The default.</summary>
    Free = 0,

    /// <summary>What the plan says.</summary>
    Billed = 1,
}
