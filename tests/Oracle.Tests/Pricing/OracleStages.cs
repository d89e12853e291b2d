using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>The stages of a subscription. Rules: "Trial, phases and term", "Agreed otherwise" and "Changes of plan" of
/// docs/pricing.md.</summary>
internal static class OracleStages
{
    internal static IReadOnlyList<OracleStage> Of(Case given)
    {
        var stages = new List<OracleStage>();
        for (var i = 0; i < given.Taken.Count; i++)
        {
            var until = i + 1 < given.Taken.Count ? given.Taken[i + 1].From : given.End;
            stages.AddRange(Of(given, given.Taken[i], until < given.End ? until : given.End).Where(s => s.From < s.To));
        }

        return stages;
    }

    private static IEnumerable<OracleStage> Of(Case given, PlanTaken taken, Instant until)
    {
        var from = taken.From;
        var trial = taken.WithTrial ? taken.Plan.Trial : null;
        if (trial is not null)
        {
            var end = trial.Days is { } days
                ? given.Clock.StartOf(given.Clock.DayAt(from).AddDays(days))
                : given.Period(given.IndexAt(from) + trial.Periods!.Value).Start;
            yield return Stage(given, taken, null, from, Earlier(end, until), begins: false) with { Trial = trial.Usage };
            from = end;
        }

        var first = from;
        var period = given.IndexAt(from);
        foreach (var phase in taken.Plan.Phases)
        {
            period += phase.Periods;
            var end = given.Period(period).Start;
            yield return Stage(given, taken, phase, from, Earlier(end, until), begins: from == first);
            from = end;
        }

        yield return Stage(given, taken, null, from, until, begins: from == first);
    }

    private static OracleStage Stage(Case given, PlanTaken taken, PhaseDefinition? phase, Instant from, Instant to, bool begins)
    {
        var plan = With(With(taken.Plan, phase?.Terms), taken.Agreed);
        return new(
            from, to, plan, null, begins, [.. taken.Agreed?.Discounts.Select(d => d.Id) ?? []], given.IndexAt(taken.From));
    }

    /// <summary>What is not named stays as in the plan.</summary>
    private static PlanDefinition With(PlanDefinition plan, PlanOverrides? terms) => terms is null ? plan : plan with
    {
        Charges =
        [
            .. plan.Charges.Select(charge => terms.Charges.SingleOrDefault(c => c.Charge == charge.Id) is { } other
                ? With(charge, other)
                : charge),
        ],
        Discounts = [.. plan.Discounts.Concat(terms.Discounts)],
    };

    private static ChargeDefinition With(ChargeDefinition charge, ChargeOverride other)
    {
        var price = other.Price is not null || other.TimeOfUse is not null;
        return charge with
        {
            Price = price ? other.Price : charge.Price,
            TimeOfUse = price ? other.TimeOfUse : charge.TimeOfUse,
            Schedule = price ? null : charge.Schedule,
            FreeQuantity = other.FreeQuantity ?? charge.FreeQuantity,
            DiscountPercent = other.DiscountPercent ?? charge.DiscountPercent,
            Minimum = other.Minimum ?? charge.Minimum,
            Maximum = other.Maximum ?? charge.Maximum,
        };
    }

    private static Instant Earlier(Instant one, Instant other) => one < other ? one : other;
}
