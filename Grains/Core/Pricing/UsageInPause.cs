namespace OrleansBilling.Core.Pricing;

/// <summary>What becomes of usage while a subscription is paused, unless the pause says otherwise.</summary>
public enum UsageInPause
{
    /// <summary>It is kept back. The default.</summary>
    Quarantined = 0,

    /// <summary>It costs what the plan says.</summary>
    Billed = 1,
}
