using NodaTime;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>The part of a billing period in which one plan version was in force.</summary>
/// <param name="Plan">The plan version.</param>
/// <param name="Active">When it was in force and the subscription ran; what lies outside the period is ignored.</param>
/// <param name="Begins">Whether the plan came into force in this period: its one-time charges are due.</param>
/// <param name="Totals">The usage of this part alone, by bucket of this very plan version.</param>
/// <param name="PeriodsOfPlan">Billing periods before this one since the plan came into force.</param>
/// <param name="Pauses">When the subscription was paused, each with a start, not overlapping; null: never.</param>
/// <param name="Trial">Set in a trial: recurring fees and the plan's minimum are not due, and usage perhaps neither.</param>
public sealed record PeriodSegment(
    CompiledPlan Plan, Interval Active, bool Begins, IReadOnlyDictionary<BucketKey, BucketTotal> Totals, int PeriodsOfPlan = 0,
    IReadOnlyList<Interval>? Pauses = null,
    UsageInTrial? Trial = null)
{
    /// <summary>What earlier periods left to its pools.</summary>
    public CarriedOver Carried { get; init; } = CarriedOver.None;

    /// <summary>Packs whose quantities usage takes before it has a price; of the first part of a period, those after it get its rest.</summary>
    public UnitPacks Packs { get; init; } = UnitPacks.None;
}
