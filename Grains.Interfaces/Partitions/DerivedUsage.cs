namespace OrleansBilling.Contracts.Partitions;

/// <summary>What a meter made of an event, before any plan saw it.</summary>
/// <param name="Value">What the meter's expression comes to, in its unit; null where it has none, or there is a fault.</param>
/// <param name="Expression">The meter's expression for the value; null where it has none.</param>
/// <param name="Dimensions">Dimensions that are derived, or became the bucket of all other values, as plans see them; null when there are
/// none, or there is a fault.</param>
[GenerateSerializer, Immutable, Alias("billing.derived-usage")]
public sealed record DerivedUsage(
    [property: Id(0)] decimal? Value,
    [property: Id(1)] string? Expression,
    [property: Id(2)] Dictionary<string, string>? Dimensions);
