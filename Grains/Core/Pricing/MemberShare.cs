namespace OrleansBilling.Core.Pricing;

/// <summary>What a device brings to a pool in a period that it belongs to for a part of.</summary>
public enum MemberShare
{
    /// <summary>The share of local days it was there.</summary>
    Prorated = 0,

    /// <summary>All of it.</summary>
    Whole = 1,
}
