using NodaTime;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks what devices bring to a pool and take from it.</summary>
/// <param name="Charge">Id of a charge with an allowance.</param>
/// <param name="UsagePeriod">Index of the period in the subscription's calendar.</param>
/// <param name="PlanAt">An instant at which the pool's plan was in force; null takes the first plan.</param>
[GenerateSerializer, Immutable, Alias("billing.pool-usage-query")]
public sealed record PoolUsageQuery(
    [property: Id(0)] string Tenant, [property: Id(1)] string Subscription, [property: Id(2)] string Charge, [property: Id(3)] int UsagePeriod,
    [property: Id(4)] Instant? PlanAt = null);

/// <summary>One device's part.</summary>
/// <param name="Days">Local days for which it brings its quantity.</param>
/// <param name="Quantity">What it used, in the meter's unit, as the charge counts it.</param>
/// <param name="Buckets">Of a charge with several allowances: the same by the charge's buckets, days included.</param>
[GenerateSerializer, Immutable, Alias("billing.pool-device-usage")]
public sealed record PoolDeviceUsage(
    [property: Id(0)] string Device, [property: Id(1)] decimal Days, [property: Id(2)] decimal Quantity,
    [property: Id(3)] SliceBucket[]? Buckets = null);
