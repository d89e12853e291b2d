using NodaTime;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>What an earlier period left to a pool.</summary>
/// <param name="PeriodStart">First instant of the period whose own quantity it was.</param>
/// <param name="Quantity">In the priced unit.</param>
[GenerateSerializer, Immutable, Alias("billing.pool-carried")]
public sealed record PoolCarriedView([property: Id(0)] Instant PeriodStart, [property: Id(1)] decimal Quantity);
