using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A stretch of a subscription in which one plan version is in force.</summary>
/// <param name="Start">First instant that belongs to it.</param>
/// <param name="End">First instant that no longer does; null runs on.</param>
/// <param name="Overrides">What was agreed otherwise than the plan; null: nothing.</param>
/// <param name="Trial">Of a trial: whether its usage is free or billed.</param>
/// <param name="Phase">Name of the plan's phase; null: none.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-segment")]
public sealed record SubscriptionSegment(
    [property: Id(0)] string Plan,
    [property: Id(1)] int PlanVersion,
    [property: Id(2)] Instant Start,
    [property: Id(3)] Instant? End,
    [property: Id(4)] PlanOverrides? Overrides = null,
    [property: Id(5)] UsageInTrial? Trial = null,
    [property: Id(6)] string? Phase = null);
