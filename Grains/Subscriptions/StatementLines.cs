using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.ReRating;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// Lines that a subscription puts on the invoice of one of its periods. Pure: live bill, close and audit all use it.
/// </summary>
internal static class StatementLines
{
    /// <summary>The statement of a period, with what its lines charge for.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static PeriodStatement Statement(SubscriptionState subscription, int billed, PeriodTotals totals)
    {
        var period = subscription.Calendar.Period(billed);
        var lines = Of(subscription, billed, totals);
        return new(
            subscription.Tenant.Id, subscription.View.Id, subscription.View.Customer, billed, period.Start, period.End, lines,
            LineSources.Of(subscription, billed, lines));
    }

    /// <summary>Every open period up to now or to the newest usage, after what is closed and not confirmed by the customer.</summary>
    public static PeriodStatement[] Running(SubscriptionState subscription, Instant now)
    {
        var totals = subscription.Totals();
        var last = Math.Max(subscription.Calendar.IndexAt(now), totals.NewestBilledPeriod ?? int.MinValue);
        var first = subscription.ClosedThrough + 1;
        return
        [
            .. subscription.Undelivered.Values,
            .. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(index => Statement(subscription, index, totals)),
        ];
    }

    /// <param name="billed">The period that closes.</param>
    /// <param name="totals">All totals known of the subscription.</param>
    /// <returns>Lines of the period itself, the fee of an early end, then late and corrected usage of earlier periods; numbered from 1.</returns>
    public static InvoiceLine[] Of(SubscriptionState subscription, int billed, PeriodTotals totals)
    {
        var lines = new List<InvoiceLine>();
        var period = subscription.Calendar.Period(billed);
        var parts = subscription.Parts(period, billed);
        AddLines(lines, subscription, parts, Rate(subscription, period, parts, totals, billed));
        if (Termination.Line(subscription, period, lines.Count + 1) is { } fee)
        {
            lines.Add(fee);
        }
        foreach (var usage in totals.UsagePeriodsBilledIn(billed).Concat(ReRatedIn(subscription, billed)).Where(u => u < billed).Distinct().Order())
        {
            var late = subscription.Calendar.Period(usage);
            var (then, now) = (subscription.Parts(late, billed - 1), subscription.Parts(late, billed));
            AddDifference(
                lines, subscription, late, totals, (then, billed - 1), (now, billed),
                segment => totals.IsCorrected(usage, billed, segment) ? LateUsage.CorrectionKind : LateUsage.Kind);
        }
        return [.. lines];
    }

    /// <summary>What a corrected plan changes in a usage period, with everything known of it.</summary>
    public static InvoiceLine[] ReRated(
        SubscriptionState subscription, BillingPeriod period, PeriodTotals totals, ReRatedPeriods trial)
    {
        var lines = new List<InvoiceLine>();
        AddDifference(
            lines, subscription, period, totals, (subscription.Parts(period), int.MaxValue),
            (subscription.Parts(period, trial: trial), int.MaxValue), _ => LateUsage.ReRatingKind);
        return [.. lines];
    }

    /// <summary>Closed periods that an invoice is the first to rate by a corrected plan.</summary>
    private static IEnumerable<int> ReRatedIn(SubscriptionState subscription, int billed) => subscription.ReRated
        .Where(r => r.BilledFrom == billed)
        .SelectMany(r => Enumerable.Range(r.FirstPeriod, Math.Max(0, Math.Min(r.LastPeriod, billed - 1) - r.FirstPeriod + 1)));

    /// <summary>Adds what a period comes to by one invoice less what it came to by the one before.</summary>
    /// <param name="kind">Of lines of a plan segment that is rated by the same plan on both.</param>
    private static void AddDifference(
        List<InvoiceLine> lines, SubscriptionState subscription, BillingPeriod period, PeriodTotals totals,
        (IReadOnlyList<PeriodPart> Parts, int Billed) before, (IReadOnlyList<PeriodPart> Parts, int Billed) after,
        Func<int, string> kind)
    {
        var was = Rate(subscription, period, before.Parts, totals, before.Billed);
        var now = Rate(subscription, period, after.Parts, totals, after.Billed);
        AddLines(
            lines, subscription, after.Parts,
            [.. after.Parts.Select((part, i) => LateUsage.Adjust(
                was[i], now[i], before.Parts[i].Plan == part.Plan ? kind(part.Segment.Number) : LateUsage.ReRatingKind))],
            before.Parts);
    }

    /// <summary>A part of a usage period as it stands with everything known of it, late usage included.</summary>
    public static IReadOnlyList<RatedCharge> Rated(
        SubscriptionState subscription, BillingPeriod period, PeriodPart part, PeriodTotals totals)
    {
        var parts = subscription.Parts(period);
        var at = parts.TakeWhile(p => p.Segment.Number != part.Segment.Number).Count();
        return Rate(subscription, period, parts, totals, int.MaxValue)[at];
    }

    /// <summary>The charges of each part of a usage period, by the plans and totals that were known to the invoice of a period.</summary>
    public static IReadOnlyList<IReadOnlyList<RatedCharge>> Rated(
        SubscriptionState subscription, BillingPeriod period, PeriodTotals totals, int billed) =>
        Rate(subscription, period, subscription.Parts(period, billed), totals, billed);

    /// <summary>A usage period alone, with everything known of it, late usage included.</summary>
    /// <param name="trial">A corrected plan that is only tried.</param>
    public static InvoiceLine[] Known(
        SubscriptionState subscription, BillingPeriod period, PeriodTotals totals, ReRatedPeriods? trial = null)
    {
        var lines = new List<InvoiceLine>();
        var parts = subscription.Parts(period, trial: trial);
        AddLines(lines, subscription, parts, Rate(subscription, period, parts, totals, int.MaxValue));
        return [.. lines];
    }

    /// <summary>A usage period as if one plan had been in force as long as the subscription runs.</summary>
    /// <param name="totals">By the buckets of that plan.</param>
    /// <param name="packs">That usage of the period may take; null for none.</param>
    public static InvoiceLine[] Alone(
        SubscriptionState subscription, BillingPeriod period, PlanEntry plan, PeriodTotals totals, UnitPacks? packs = null)
    {
        var view = subscription.View;
        var active = new Interval(Instant.Max(period.Start, view.Start), view.End is { } end ? Instant.Min(period.End, end) : period.End);
        var segment = new PeriodSegment(plan.Compiled, active, period.Contains(view.Start), totals.UpTo(period.Index, period.Index),
            period.Index - subscription.FirstPeriod, subscription.Pauses)
        {
            Packs = packs ?? UnitPacks.None,
        };
        var part = new PeriodPart(new(0, view.Start, plan.View.Id, plan.View.Version, plan.Variant), plan, active, period.Start, period.End);
        var lines = new List<InvoiceLine>();
        AddLines(
            lines, subscription, [part],
            SegmentRating.Rate(period, subscription.Zone, period.Index - subscription.FirstPeriod, [segment]));
        return [.. lines];
    }

    /// <summary>Rates each part with the totals that were billed through a period.</summary>
    private static IReadOnlyList<IReadOnlyList<RatedCharge>> Rate(
        SubscriptionState subscription, BillingPeriod period, IReadOnlyList<PeriodPart> parts, PeriodTotals totals, int billed) =>
        SegmentRating.Rate(
            period, subscription.Zone, period.Index - subscription.FirstPeriod,
            PoolCarry.Segments(subscription, period, parts, totals, billed));

    private static void AddLines(
        List<InvoiceLine> lines, SubscriptionState subscription, IReadOnlyList<PeriodPart> parts,
        IReadOnlyList<IReadOnlyList<RatedCharge>> charges, IReadOnlyList<PeriodPart>? before = null)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            // A line of an unchanged period looks as it always did: it may have been issued before.
            var other = before is not null && before[i].Plan != parts[i].Plan;
            var (plan, version) = parts.Count > 1 || other
                ? (parts[i].Plan.View.Id, (int?)parts[i].Plan.View.Version)
                : (null, null);
            foreach (var charge in charges[i])
            {
                lines.Add(new(
                    lines.Count + 1, charge.ChargeId, charge.Name, charge.Kind, subscription.View.Id, parts[i].Start, parts[i].End,
                    charge.Quantity, charge.Unit, charge.Events, charge.ExactAmount, charge.Amount, charge.Steps, plan, version,
                    TaxClass: parts[i].Plan.Compiled.TaxClassOf(charge.ChargeId)));
            }
        }
    }
}
