using NodaTime;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// Lines that a subscription puts on the invoice of one of its periods. Pure: live bill, close and audit all use it.
/// </summary>
internal static class StatementLines
{
    /// <param name="billed">The period that closes.</param>
    /// <param name="totals">All totals known of the subscription.</param>
    /// <returns>Lines of the period itself, then late usage of earlier periods; numbered from 1.</returns>
    public static InvoiceLine[] Of(SubscriptionState subscription, int billed, PeriodTotals totals)
    {
        var lines = new List<InvoiceLine>();
        var period = subscription.Calendar.Period(billed);
        AddLines(lines, subscription.View, period, Rate(subscription, period, totals.UpTo(billed, billed)));
        foreach (var usage in totals.UsagePeriodsBilledIn(billed).Where(u => u < billed))
        {
            var late = subscription.Calendar.Period(usage);
            AddLines(lines, subscription.View, late, LateUsage.Adjust(
                Rate(subscription, late, totals.UpTo(usage, billed - 1)),
                Rate(subscription, late, totals.UpTo(usage, billed))));
        }
        return [.. lines];
    }

    /// <summary>A usage period as it stands with everything known of it, late usage included.</summary>
    public static IReadOnlyList<RatedCharge> Rated(SubscriptionState subscription, BillingPeriod period, PeriodTotals totals) =>
        Rate(subscription, period, totals.UpTo(period.Index, int.MaxValue));

    private static IReadOnlyList<RatedCharge> Rate(
        SubscriptionState subscription, BillingPeriod period, Dictionary<BucketKey, BucketTotal> totals)
    {
        var active = Active(subscription.View, period);
        return active.HasValue
            ? PeriodRating.Rate(
                subscription.Plan, period, active.Value, subscription.Zone, period.Index == subscription.FirstPeriod, totals,
                period.Index - subscription.FirstPeriod)
            : [];
    }

    /// <summary>The part of a period in which the subscription runs; null when it does not run at all.</summary>
    private static Interval? Active(SubscriptionView subscription, BillingPeriod period)
    {
        var start = Instant.Max(period.Start, subscription.Start);
        var end = subscription.End is { } last ? Instant.Min(period.End, last) : period.End;
        return start < end ? new Interval(start, end) : null;
    }

    private static void AddLines(
        List<InvoiceLine> lines, SubscriptionView subscription, BillingPeriod period, IReadOnlyList<RatedCharge> charges)
    {
        foreach (var charge in charges)
        {
            lines.Add(new(
                lines.Count + 1, charge.ChargeId, charge.Name, charge.Kind, subscription.Id, period.Start, period.End,
                charge.Quantity, charge.Unit, charge.Events, charge.ExactAmount, charge.Amount, charge.Steps));
        }
    }
}
