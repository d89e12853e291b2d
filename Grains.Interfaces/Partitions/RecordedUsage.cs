using NodaTime;
using OrleansBilling.Contracts.Corrections;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>A raw event as the log has it.</summary>
/// <param name="Quantity">What it counted for, in the meter's unit: its value, or a register's difference.</param>
/// <param name="Charge">Exact money it caused where the price is linear; null where it depends on totals.</param>
/// <param name="Unit">Unit of the value as it was sent.</param>
/// <param name="QuantityUnit">The meter's unit.</param>
/// <param name="Reason">Why it is in quarantine; null when it is billed.</param>
/// <param name="Identifier">Key of the identifier that the event named instead of a device; null for none. In the quarantine of an identifier
/// <paramref name="Device"/> is the same.</param>
/// <param name="Correction">The correction that put it behind the line; null for usage as it was sent.</param>
/// <param name="Derived">What the meter made of it; null where the meter derives and bounds nothing.</param>
/// <param name="Detail">The reason of the quarantine in words; null when it is billed.</param>
[GenerateSerializer, Immutable, Alias("billing.recorded-usage")]
public sealed record RecordedUsage(
    [property: Id(0)] int Partition,
    [property: Id(1)] long Position,
    [property: Id(2)] string Id,
    [property: Id(3)] string Device,
    [property: Id(4)] string Meter,
    [property: Id(5)] Instant Time,
    [property: Id(6)] Instant ReceivedAt,
    [property: Id(7)] decimal Value,
    [property: Id(8)] decimal Quantity,
    [property: Id(9)] decimal? Charge,
    [property: Id(10)] Dictionary<string, string>? Dimensions,
    [property: Id(11)] bool Late,
    [property: Id(12)] string? Reason,
    [property: Id(13)] string Unit,
    [property: Id(14)] string QuantityUnit,
    [property: Id(15)] CorrectionMark? Correction = null,
    [property: Id(16)] DerivedUsage? Derived = null,
    [property: Id(17)] string? Detail = null,
    [property: Id(18)] string? Identifier = null);
