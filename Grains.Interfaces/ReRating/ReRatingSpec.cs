using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.ReRating;

/// <summary>Asks what periods would have cost by a corrected version of the plan that was in force.</summary>
/// <param name="Id">1–128 characters; unique in the tenant.</param>
/// <param name="WrongVersion">The version that was in force.</param>
/// <param name="CorrectedVersion">A published version of the same plan; null for <paramref name="Draft"/>.</param>
/// <param name="Draft">A definition that need not be published: applying it publishes it first, as the plan's next version.</param>
/// <param name="From">Periods that end after this instant.</param>
/// <param name="To">Periods that begin before this instant.</param>
/// <param name="Customers">Only theirs; empty for all.</param>
/// <param name="Subscriptions">Only these; empty for all.</param>
[GenerateSerializer, Immutable, Alias("billing.re-rating-spec")]
public sealed record ReRatingSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Plan,
    [property: Id(2)] int WrongVersion,
    [property: Id(3)] int? CorrectedVersion,
    [property: Id(4)] PlanDefinition? Draft,
    [property: Id(5)] Instant From,
    [property: Id(6)] Instant To,
    [property: Id(7)] string[] Customers,
    [property: Id(8)] string[] Subscriptions);
