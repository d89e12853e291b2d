namespace OrleansBilling.Core.Rating;

/// <summary>What a bucket's companion totals. How far it lies from its bucket is this times the number of buckets, and one;
/// it is stored with totals, so it never changes.</summary>
public enum Companion
{
    /// <summary>Quantity that rounding single events, or sessions, added.</summary>
    Events = 1,

    /// <summary>Quantity that rounding the totals of devices added.</summary>
    Devices = 2,
}
