namespace OrleansBilling.Core.Pricing;

/// <summary>A named price that schedule entries refer to.</summary>
/// <param name="Name">Unique in the schedule.</param>
/// <param name="UnitPrice">Per priced unit; may be negative.</param>
public sealed record ScheduleBand(string Name, decimal UnitPrice);
