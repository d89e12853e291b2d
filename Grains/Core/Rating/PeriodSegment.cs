using NodaTime;
using OrleansBilling.Core.Allowances;

namespace OrleansBilling.Core.Rating;

/// <summary>The part of a billing period in which one plan version was in force.</summary>
/// <param name="Plan">The plan version.</param>
/// <param name="Active">When it was in force and the subscription ran; what lies outside the period is ignored.</param>
/// <param name="Begins">Whether the plan came into force in this period: its one-time charges are due.</param>
/// <param name="Totals">The usage of this part alone, by bucket of this very plan version.</param>
public sealed record PeriodSegment(
    CompiledPlan Plan, Interval Active, bool Begins, IReadOnlyDictionary<BucketKey, BucketTotal> Totals)
{
    /// <summary>What earlier periods left to its pools.</summary>
    public CarriedOver Carried { get; init; } = CarriedOver.None;
}
