using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A change of a subscription's plan, or its end.</summary>
/// <param name="Id">Chosen by the caller; the same again is answered in the same way.</param>
/// <param name="Plan">The plan that begins; without a kind, null ends the subscription.</param>
/// <param name="PlanVersion">Null takes the newest published version.</param>
/// <param name="At">Only with <see cref="ChangeWhen.At"/>.</param>
/// <param name="Overrides">What is agreed otherwise than the new plan; those of the plan before end with it.</param>
/// <param name="Kind">Null for another plan, or the end.</param>
/// <param name="BillsUsage">Only of a pause: whether usage in it is billed. Null: as the plan says.</param>
/// <param name="OnlyFromVersion">Refuses the change when another version, or another plan, is in force right before it; null: from any.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-change-spec")]
public sealed record SubscriptionChangeSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Plan,
    [property: Id(2)] int? PlanVersion,
    [property: Id(3)] ChangeWhen When,
    [property: Id(4)] Instant? At,
    [property: Id(5)] PlanOverrides? Overrides = null,
    [property: Id(6)] ChangeKind? Kind = null,
    [property: Id(7)] bool? BillsUsage = null,
    [property: Id(8)] int? OnlyFromVersion = null);
