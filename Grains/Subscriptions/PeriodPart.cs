using NodaTime;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>The part of a period that one plan segment has.</summary>
/// <param name="Active">When it was in force and the subscription ran.</param>
/// <param name="Start">First instant that its lines are for.</param>
/// <param name="End">First instant that they are no longer for.</param>
/// <param name="Begins">Whether one-time charges are due with the segment.</param>
/// <param name="Pauses">When the subscription was paused, in the part or not; null: never.</param>
internal sealed record PeriodPart(PlanSegment Segment, PlanEntry Plan, Interval Active, Instant Start, Instant End, bool Begins = true,
    IReadOnlyList<Interval>? Pauses = null);
