using NodaTime;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Pricing;

/// <summary>A trial at the beginning of a subscription: no recurring fees, no minimum of the plan. Exactly one of days and periods is
/// set.</summary>
/// <param name="Days">Local days, the one on which the subscription begins included; 1 to <see cref="MaxDays"/>.</param>
/// <param name="Periods">Billing periods, the begun one included; 1 to <see cref="PlanLimits.MaxStagePeriods"/>.</param>
/// <param name="Usage">Whether usage in it is free.</param>
/// <param name="Repeat">Whether a customer may have it again with another subscription.</param>
public sealed record TrialDefinition(int? Days, int? Periods, UsageInTrial Usage, bool Repeat)
{
    /// <summary>Longest trial in days.</summary>
    public const int MaxDays = 3_660;

    /// <summary>First instant that no longer belongs to the trial: the start of a local day.</summary>
    public Instant End(Instant start, BillingCalendar calendar, DateTimeZone zone) => Days is { } days
        ? zone.AtStartOfDay(start.InZone(zone).Date.PlusDays(days)).ToInstant()
        : calendar.Period(calendar.IndexAt(start) + Periods!.Value).Start;
}
