using NodaTime;

namespace OrleansBilling.Contracts.Devices;

/// <summary>Usage of one device, a row per subscription, billing period and meter.</summary>
[GenerateSerializer, Immutable, Alias("billing.device-usage")]
public sealed record DeviceUsage([property: Id(0)] string Device, [property: Id(1)] DeviceUsageRow[] Rows);

/// <summary>What one device used of one meter in one billing period.</summary>
/// <param name="Quantity">In the meter's unit; for a cumulative register the consumption, not the reading.</param>
/// <param name="LateEvents">How many of the events came after the period was sealed.</param>
[GenerateSerializer, Immutable, Alias("billing.device-usage-row")]
public sealed record DeviceUsageRow(
    [property: Id(0)] string Subscription,
    [property: Id(1)] Instant PeriodStart,
    [property: Id(2)] Instant PeriodEnd,
    [property: Id(3)] string Meter,
    [property: Id(4)] string Unit,
    [property: Id(5)] decimal Quantity,
    [property: Id(6)] long Events,
    [property: Id(7)] long LateEvents);
