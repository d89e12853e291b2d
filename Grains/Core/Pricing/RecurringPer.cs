namespace OrleansBilling.Core.Pricing;

/// <summary>What the amount of a recurring charge is for.</summary>
public enum RecurringPer
{
    /// <summary>One billing period. The default.</summary>
    Period = 0,

    /// <summary>One local day; due for every day the subscription was active.</summary>
    Day = 1,

    /// <summary>One device for one billing period; tiers then count devices.</summary>
    Device = 2,
}
