using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>The stages that a plan has for a subscription: trial, phases, and the plan as it says. See docs/adr/0019.</summary>
public static class PlanStages
{
    /// <summary>The stages from a segment on.</summary>
    /// <param name="plan">As published.</param>
    /// <param name="first">The segment with which the plan begins.</param>
    /// <param name="agreed">Key of what the subscription has agreed otherwise; null: nothing.</param>
    /// <param name="calendar">Of the subscription.</param>
    /// <param name="zone">Of the subscription.</param>
    /// <param name="withTrial">Whether it begins with the plan's trial, if there is one.</param>
    /// <param name="nextNumber">Number of the second stage; the others follow.</param>
    /// <returns>At least the first segment; the others continue it.</returns>
    public static PlanSegment[] Of(
        PlanDefinition plan, PlanSegment first, string? agreed, BillingCalendar calendar, DateTimeZone zone, bool withTrial, int nextNumber)
    {
        var stages = new List<(Instant From, int? Phase, UsageInTrial? Trial)>();
        var from = first.From;
        if (withTrial && plan.Trial is { } trial)
        {
            stages.Add((from, null, trial.Usage));
            from = trial.End(from, calendar, zone);
        }

        var period = calendar.IndexAt(from);
        for (var phase = 0; phase < plan.Phases.Count; phase++)
        {
            stages.Add((from, phase, null));
            period += plan.Phases[phase].Periods;
            from = calendar.Period(period).Start;
        }

        stages.Add((from, null, null));
        return
        [
            .. stages.Select((stage, i) => first with
            {
                Number = i == 0 ? first.Number : nextNumber + i - 1,
                From = stage.From,
                Variant = PlanVariant.Of(stage.Phase, agreed),
                Trial = stage.Trial,
                Continues = i == 0 ? null : first.Number,
            }),
        ];
    }
}
