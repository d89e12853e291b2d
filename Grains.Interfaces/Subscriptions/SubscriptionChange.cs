using NodaTime;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A change that was decided.</summary>
/// <param name="Kind"><c>plan</c> or <c>cancel</c>.</param>
/// <param name="Plan">The plan that begins; null for an end.</param>
/// <param name="EffectiveAt">First instant of the new plan, or first instant that no longer belongs to the subscription.</param>
/// <param name="Status"><c>scheduled</c>, <c>begun</c> or <c>withdrawn</c>, by the tenant's clock.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-change")]
public sealed record SubscriptionChange(
    [property: Id(0)] string Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string? Plan,
    [property: Id(3)] int? PlanVersion,
    [property: Id(4)] Instant EffectiveAt,
    [property: Id(5)] Instant RequestedAt,
    [property: Id(6)] string Status);
