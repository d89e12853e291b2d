namespace OrleansBilling.Core.Pricing;

/// <summary>What becomes of usage of a device in a state.</summary>
public enum UsageInState
{
    /// <summary>It is kept back until somebody decides.</summary>
    Quarantined = 0,

    /// <summary>It is billed as that of an active device.</summary>
    Billed = 1,
}
