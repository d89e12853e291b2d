using NodaTime;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks a partition for the raw events that one invoice line bills.</summary>
/// <param name="PlanAt">An instant at which the line's plan was in force; null takes the first plan.</param>
/// <param name="After">Position after which to go on; 0 begins.</param>
[GenerateSerializer, Immutable, Alias("billing.line-events-query")]
public sealed record LineEventsQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Subscription,
    [property: Id(2)] string Charge,
    [property: Id(3)] int UsagePeriod,
    [property: Id(4)] int BilledPeriod,
    [property: Id(5)] long After,
    [property: Id(6)] int Limit,
    [property: Id(7)] Instant? PlanAt = null);
