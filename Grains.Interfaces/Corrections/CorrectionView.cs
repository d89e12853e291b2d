using NodaTime;

namespace OrleansBilling.Contracts.Corrections;

/// <summary>A correction that was carried out: both versions of the event.</summary>
/// <param name="Partition">Partition of the device.</param>
/// <param name="Position">Of the correction in the partition's log.</param>
/// <param name="EventPosition">Of the event as it was sent.</param>
/// <param name="RecordedAt">On the tenant's clock.</param>
/// <param name="Before">The event up to then.</param>
/// <param name="After">The event from then on; null when it was voided.</param>
[GenerateSerializer, Immutable, Alias("billing.correction")]
public sealed record CorrectionView(
    [property: Id(0)] int Partition,
    [property: Id(1)] long Position,
    [property: Id(2)] string Id,
    [property: Id(3)] string Device,
    [property: Id(4)] string Meter,
    [property: Id(5)] string Event,
    [property: Id(6)] long EventPosition,
    [property: Id(7)] string Action,
    [property: Id(8)] string Reason,
    [property: Id(9)] Instant RecordedAt,
    [property: Id(10)] CorrectedVersion Before,
    [property: Id(11)] CorrectedVersion? After);

/// <summary>One version of an event.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Subscription">Whose usage it is; null in quarantine.</param>
/// <param name="PeriodStart">First instant of the period in which it was used; null in quarantine.</param>
/// <param name="BilledPeriodStart">First instant of the period whose invoice bills it; null in quarantine.</param>
/// <param name="Quarantine">Why it was not billed; null when it was.</param>
[GenerateSerializer, Immutable, Alias("billing.corrected-version")]
public sealed record CorrectedVersion(
    [property: Id(0)] Instant Time,
    [property: Id(1)] decimal Value,
    [property: Id(2)] string Unit,
    [property: Id(3)] Dictionary<string, string>? Dimensions,
    [property: Id(4)] string? Subscription,
    [property: Id(5)] Instant? PeriodStart,
    [property: Id(6)] Instant? BilledPeriodStart,
    [property: Id(7)] string? Quarantine);
