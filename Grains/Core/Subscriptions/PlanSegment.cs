using NodaTime;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>From when on a plan version is in force; until the next segment begins, or the subscription ends.</summary>
/// <param name="Number">Names the segment for ever; 0 is the plan the subscription was created with. Numbers of withdrawn segments are
/// not used again.</param>
/// <param name="From">First instant that belongs to it.</param>
/// <param name="Plan">Id of the plan.</param>
/// <param name="PlanVersion">Version of the plan, from 1.</param>
public sealed record PlanSegment(int Number, Instant From, string Plan, int PlanVersion);
