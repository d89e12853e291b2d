using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>Totals of a period under other plans, to be rated by the subscription that they are of.</summary>
/// <param name="UsagePeriod">Index of the period in the subscription's calendar.</param>
/// <param name="Parts">One of every partition, in their order.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-trial")]
public sealed record SubscriptionTrial(
    [property: Id(0)] int UsagePeriod, [property: Id(1)] PlanTerms[] Plans, [property: Id(2)] TrialUsage[] Parts);
