using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A subscription to create: a customer takes a plan from an instant on.</summary>
/// <param name="PlanVersion">Null takes the newest published version.</param>
/// <param name="Start">First instant that belongs to it; null starts at the local midnight of the tenant's
/// today.</param>
/// <param name="End">First instant that no longer belongs to it; null runs on.</param>
/// <param name="TimeZone">IANA id; periods begin at local midnight there. Default <c>Etc/UTC</c>.</param>
/// <param name="AnchorDate">
/// A local date on which a period begins (cycles count from it); null takes the first of the start's month for monthly
/// cycles
/// (calendar months) and the start's own date for the others.
/// </param>
/// <param name="Overrides">What it has agreed otherwise than the plan; null: nothing.</param>
/// <param name="Trial">False begins without the plan's trial.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription-spec")]
public sealed record SubscriptionSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Customer,
    [property: Id(2)] string Plan,
    [property: Id(3)] int? PlanVersion,
    [property: Id(4)] Instant? Start,
    [property: Id(5)] Instant? End,
    [property: Id(6)] string? TimeZone,
    [property: Id(7)] string? AnchorDate,
    [property: Id(8)] PlanOverrides? Overrides = null,
    [property: Id(9)] bool? Trial = null);
