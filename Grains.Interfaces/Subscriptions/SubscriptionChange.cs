using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A change that was decided.</summary>
/// <param name="Kind"><c>plan</c>, <c>cancel</c>, <c>pause</c> or <c>resume</c>.</param>
/// <param name="Plan">The plan that begins; null where none does.</param>
/// <param name="EffectiveAt">First instant of the new plan, or first instant that no longer belongs to the subscription.</param>
/// <param name="Status"><c>scheduled</c>, <c>begun</c>, <c>withdrawn</c> or <c>replaced</c> (by a back-dated one), by the tenant's clock.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-change")]
public sealed record SubscriptionChange(
    [property: Id(0)] string Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string? Plan,
    [property: Id(3)] int? PlanVersion,
    [property: Id(4)] Instant EffectiveAt,
    [property: Id(5)] Instant RequestedAt,
    [property: Id(6)] string Status,
    [property: Id(7)] PlanOverrides? Overrides = null);
