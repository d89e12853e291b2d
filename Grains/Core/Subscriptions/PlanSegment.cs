using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>From when on a plan version is in force; until the next segment begins, or the subscription ends.</summary>
/// <param name="Number">Names the segment for ever; 0 is the plan the subscription was created with. Numbers of withdrawn segments are
/// not used again.</param>
/// <param name="From">First instant that belongs to it.</param>
/// <param name="Plan">Id of the plan.</param>
/// <param name="PlanVersion">Version of the plan, from 1.</param>
/// <param name="Variant">What of the plan it is, see <see cref="PlanVariant"/>; null: the plan as published.</param>
/// <param name="Backdated">Whether it took the place of what was in force from then on, so that usage rated before was rated again.</param>
/// <param name="Trial">Set in a trial.</param>
/// <param name="Continues">Number of the segment whose plan goes on here with its next stage; null where a plan begins.</param>
public sealed record PlanSegment(
    int Number, Instant From, string Plan, int PlanVersion, string? Variant = null, bool Backdated = false, UsageInTrial? Trial = null,
    int? Continues = null);
