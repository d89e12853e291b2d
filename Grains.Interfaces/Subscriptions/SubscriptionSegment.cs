using NodaTime;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A stretch of a subscription in which one plan version is in force.</summary>
/// <param name="Start">First instant that belongs to it.</param>
/// <param name="End">First instant that no longer does; null runs on.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-segment")]
public sealed record SubscriptionSegment(
    [property: Id(0)] string Plan,
    [property: Id(1)] int PlanVersion,
    [property: Id(2)] Instant Start,
    [property: Id(3)] Instant? End);
