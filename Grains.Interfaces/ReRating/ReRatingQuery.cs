using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Contracts.ReRating;

/// <summary>Asks a partition for what a corrected plan changes for its subscriptions.</summary>
/// <param name="Corrected">The corrected plan, of the shape of the wrong one, with its meters.</param>
/// <param name="Limit">Most subscriptions to answer.</param>
[GenerateSerializer, Immutable, Alias("billing.re-rating-query")]
public sealed record ReRatingQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] ReRatingSpec Spec,
    [property: Id(2)] PlanTerms Corrected,
    [property: Id(3)] int Limit);
