namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks a partition to rate quarantined events again.</summary>
/// <param name="Device">Only of this device; null for all.</param>
/// <param name="Meter">Only of this meter; null for all.</param>
/// <param name="Reason">Only those quarantined for this reason; null for all.</param>
/// <param name="IncludeTooOld">Whether events that came after the acceptance window are taken as well.</param>
/// <param name="After">Position after which to look.</param>
/// <param name="Limit">Most events to look at.</param>
[GenerateSerializer, Immutable, Alias("billing.quarantine-release-query")]
public sealed record QuarantineReleaseQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string? Device,
    [property: Id(2)] string? Meter,
    [property: Id(3)] string? Reason,
    [property: Id(4)] bool IncludeTooOld,
    [property: Id(5)] long After,
    [property: Id(6)] int Limit);

/// <summary>What became of quarantined events.</summary>
/// <param name="Examined">Events looked at, whether the filters wanted them or not.</param>
/// <param name="Through">Position of the last one looked at; 0 when there was none.</param>
/// <param name="Results">Of every event that the filters wanted, by position.</param>
[GenerateSerializer, Immutable, Alias("billing.quarantine-release")]
public sealed record QuarantineRelease(
    [property: Id(0)] int Examined, [property: Id(1)] long Through, [property: Id(2)] ReleasedUsage[] Results);

/// <summary>What became of one of them.</summary>
/// <param name="QuarantinedAt">Position of its record in the quarantine.</param>
/// <param name="Position">Position of the record that bills it; 0 when it stays.</param>
/// <param name="Partition">Of <paramref name="Position"/>, where it is another one: of the device that has the identifier.</param>
/// <param name="Late">Whether its period was sealed before: the next invoice bills it.</param>
/// <param name="Reason">Why it stays; null when it is billed.</param>
[GenerateSerializer, Immutable, Alias("billing.released-usage")]
public sealed record ReleasedUsage(
    [property: Id(0)] long QuarantinedAt,
    [property: Id(1)] string Id,
    [property: Id(2)] string Device,
    [property: Id(3)] long Position,
    [property: Id(4)] bool Late,
    [property: Id(5)] string? Reason,
    [property: Id(6)] int? Partition = null);
