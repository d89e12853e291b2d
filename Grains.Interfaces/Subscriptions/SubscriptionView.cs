using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A subscription's terms, all defaults filled in.</summary>
/// <param name="Plan">The plan in force; the first one before the subscription begins.</param>
/// <param name="AnchorDate">ISO local date (uuuu-MM-dd) from which periods are counted: period 0 begins there.</param>
/// <param name="Segments">Which plan is in force when; null when it never changed.</param>
/// <param name="Changes">In the order in which they were decided; null when there were none.</param>
/// <param name="Overrides">What it has agreed otherwise than the plan in force; null: nothing.</param>
/// <param name="Pauses">Past and scheduled ones; null when there are none.</param>
/// <param name="TermEnd">First instant after the present term; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("billing.subscription")]
public sealed record SubscriptionView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Customer,
    [property: Id(2)] string Plan,
    [property: Id(3)] int PlanVersion,
    [property: Id(4)] string Currency,
    [property: Id(5)] Instant Start,
    [property: Id(6)] Instant? End,
    [property: Id(7)] string TimeZone,
    [property: Id(8)] string AnchorDate,
    [property: Id(9)] SubscriptionSegment[]? Segments = null,
    [property: Id(10)] SubscriptionChange[]? Changes = null,
    [property: Id(11)] PlanOverrides? Overrides = null,
    [property: Id(12)] PauseView[]? Pauses = null,
    [property: Id(13)] Instant? TermEnd = null);
