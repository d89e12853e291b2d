using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>All that a device's partition needs to place and rate usage by itself, also on replay.</summary>
/// <param name="Meters">The meters that the plan's charges name.</param>
/// <param name="Timeline">Null when nothing was ever changed and no change is pending.</param>
/// <param name="Variant">The variant that the subscription begins with, where a phase makes it another than the plan's; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("billing.terms")]
public sealed record SubscriptionTerms(
    [property: Id(0)] SubscriptionView Subscription,
    [property: Id(1)] PlanView Plan,
    [property: Id(2)] MeterDefinition[] Meters,
    [property: Id(3)] SubscriptionTimeline? Timeline = null,
    [property: Id(4)] string? Variant = null);
