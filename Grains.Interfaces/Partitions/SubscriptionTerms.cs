using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>All that a device's partition needs to place and rate usage by itself, also on replay.</summary>
/// <param name="Meters">The meters that the plan's charges name.</param>
/// <param name="Timeline">Null when nothing was ever changed and no change is pending.</param>
[GenerateSerializer, Immutable, Alias("billing.terms")]
public sealed record SubscriptionTerms(
    [property: Id(0)] SubscriptionView Subscription,
    [property: Id(1)] PlanView Plan,
    [property: Id(2)] MeterDefinition[] Meters,
    [property: Id(3)] SubscriptionTimeline? Timeline = null);
