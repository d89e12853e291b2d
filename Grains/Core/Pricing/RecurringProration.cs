namespace OrleansBilling.Core.Pricing;

/// <summary>What a recurring charge costs in a period the subscription was active for a part of.</summary>
public enum RecurringProration
{
    /// <summary>The share of local days it was active. The default.</summary>
    Day = 0,

    /// <summary>The whole amount.</summary>
    None = 1,

    /// <summary>The share of elapsed seconds it was active.</summary>
    Second = 2,
}
