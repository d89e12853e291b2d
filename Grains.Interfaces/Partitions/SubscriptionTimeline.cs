using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>A subscription's plans over time, as its owner tells them to partitions of its devices.</summary>
/// <param name="Plans">Every plan version of the timeline but the first.</param>
/// <param name="Pending">The change that is not decided yet, or null.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-timeline")]
public sealed record SubscriptionTimeline(
    [property: Id(0)] PlanTimeline Timeline,
    [property: Id(1)] PlanTerms[] Plans,
    [property: Id(2)] PendingChange? Pending);
