using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// What pools carry from period to period. Nothing of it is stored: it follows from the totals that each period was closed with,
/// which late usage does not change, so that live bill, close and audit come to the same.
/// </summary>
internal static class PoolCarry
{
    /// <summary>The parts of a period with their totals as billed through a period, and with what was carried into them.</summary>
    public static PeriodSegment[] Segments(
        SubscriptionState subscription, BillingPeriod period, IReadOnlyList<PeriodPart> parts, PeriodTotals totals, int billed)
    {
        var segments = new PeriodSegment[parts.Count];
        var packs = PackChain.For(subscription, period, totals, billed);
        var carried = subscription.RollsOver ? Into(subscription, period.Index, totals) : CarriedOver.None;
        for (var i = 0; i < segments.Length; i++)
        {
            var part = parts[i];
            segments[i] = new(
                part.Plan.Compiled, part.Active, part.Begins && period.Contains(part.Segment.From),
                totals.UpTo(period.Index, billed, part.Segment.Number), PeriodsOfPlan(subscription, period, part), part.Pauses,
                part.Segment.Trial) { Carried = carried, Packs = i == 0 ? packs : UnitPacks.None };
            if (i + 1 < segments.Length)
            {
                carried = Across(RollOver.Out(segments[i], period, subscription.Zone, period.Index), part, parts[i + 1]);
            }
        }
        return segments;
    }

    /// <summary>What there is when a part of a period begins, by all that is known.</summary>
    public static CarriedOver At(SubscriptionState subscription, BillingPeriod period, PeriodPart part)
    {
        if (!subscription.RollsOver)
        {
            return CarriedOver.None;
        }
        var parts = subscription.Parts(period);
        var at = parts.TakeWhile(p => p.Segment.Number != part.Segment.Number).Count();
        return Segments(subscription, period, parts, subscription.Totals(), int.MaxValue)[at].Carried;
    }

    /// <summary>Billing periods since the plan came into force; only discounts of agreed terms are counted from there.</summary>
    private static int PeriodsOfPlan(SubscriptionState subscription, BillingPeriod period, PeriodPart part) =>
        part.Plan.Compiled.Overrides is null
            ? 0
            : period.Index - subscription.Calendar.IndexAt(subscription.Timeline.BeginOf(part.Segment).From);

    /// <summary>What is there when a period begins: of each earlier period what was left when it was closed.</summary>
    private static CarriedOver Into(SubscriptionState subscription, int index, PeriodTotals totals)
    {
        var from = index;
        while (from > subscription.FirstPeriod && !totals.CarriedInto.ContainsKey(from))
        {
            from--;
        }
        var carried = totals.CarriedInto.GetValueOrDefault(from, CarriedOver.None);
        for (; from < index; from++)
        {
            totals.CarriedInto[from] = carried;
            var period = subscription.Calendar.Period(from);
            // By the plans that its own invoice knew: a correction later on changes no roll-over either.
            var parts = subscription.Parts(period, from);
            var next = subscription.Parts(subscription.Calendar.Period(from + 1), from + 1);
            carried = parts.Count == 0 || next.Count == 0
                ? CarriedOver.None
                : Across(Out(subscription, period, parts, totals), parts[^1], next[0]);
        }
        return totals.CarriedInto[index] = carried;
    }

    /// <summary>What is left at the end of a period, by the totals that it was closed with.</summary>
    private static CarriedOver Out(SubscriptionState subscription, BillingPeriod period, IReadOnlyList<PeriodPart> parts, PeriodTotals totals) =>
        RollOver.Out(Segments(subscription, period, parts, totals, period.Index)[^1], period, subscription.Zone, period.Index + 1);

    private static CarriedOver Across(CarriedOver carried, PeriodPart before, PeriodPart after) =>
        before.Segment.Number == after.Segment.Number
            ? carried
            : RollOver.Across(carried, before.Plan.Compiled, after.Plan.Compiled);
}
