using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>The fee of a subscription that was cancelled before its term was over. Pure, as all lines of a statement.</summary>
internal static class Termination
{
    private static readonly Dictionary<BucketKey, BucketTotal> NoUsage = [];

    /// <summary>The end of the term that an instant belongs to; null when there is no term then.</summary>
    public static Instant? TermEnd(SubscriptionState subscription, Instant time)
    {
        var timeline = subscription.Timeline;
        var first = timeline.BeginOf(timeline.At(time));
        return subscription.PlanOf(first).View.Definition.Term is { } term && FeesBegin(timeline, first) is { } begin
            ? SubscriptionTerm.EndAt(term, subscription.Calendar, begin, time)
            : null;
    }

    /// <summary>The fee's line; null when the subscription does not end in the period, or owes none.</summary>
    /// <param name="number">Of the line.</param>
    public static InvoiceLine? Line(SubscriptionState subscription, BillingPeriod period, int number)
    {
        // An end that it was created with was agreed, and is no leaving.
        if (subscription.Timeline.End is not { } end || end <= period.Start || end > period.End
            || subscription.History?.Changes.Any(c => c is { IsEnd: true, Withdrawn: false }) != true)
        {
            return null;
        }
        var timeline = subscription.Timeline;
        var last = timeline.At(end - Duration.Epsilon);
        var plan = subscription.PlanOf(timeline.BeginOf(last));
        if (plan.View.Definition.Term?.EarlyTerminationFee is not { } fee
            || TermEnd(subscription, end - Duration.Epsilon) is not { } over || over <= end)
        {
            return null;
        }
        var remaining = fee.Percent is null
            ? Money.Zero(plan.Compiled.Currency)
            : Remaining(subscription, end, over);
        var charge = TerminationRating.Fee(
            plan.Compiled, fee, remaining, end.InZone(subscription.Zone).Date, over.InZone(subscription.Zone).Date);
        return charge is null ? null : new(
            number, charge.ChargeId, charge.Name, charge.Kind, subscription.View.Id, end, over, charge.Quantity, charge.Unit, charge.Events,
            charge.ExactAmount, charge.Amount, charge.Steps);
    }

    /// <summary>When the fees of a plan begin: with it, or after its trial.</summary>
    private static Instant? FeesBegin(PlanTimeline timeline, PlanSegment first) => first.Trial is null
        ? first.From
        : Array.Find(timeline.Segments, s => s.Continues == first.Number && s.Trial is null)?.From;

    /// <summary>Recurring fees of the subscription between two instants, as if it ran on, in the stages that its plan would have.</summary>
    private static Money Remaining(SubscriptionState subscription, Instant end, Instant over)
    {
        var sum = Money.Zero(subscription.PlanOf(subscription.Timeline.Segments[^1]).Compiled.Currency);
        for (var index = subscription.Calendar.IndexAt(end); subscription.Calendar.Period(index).Start < over; index++)
        {
            var period = subscription.Calendar.Period(index);
            PeriodSegment[] stages = [.. Stages(subscription, period, Instant.Max(period.Start, end))];
            foreach (var (stage, lines) in stages.Zip(SegmentRating.Rate(period, subscription.Zone, 0, stages)))
            {
                var fees = stage.Plan.Definition.Charges.Where(c => c is { Kind: ChargeKind.Recurring, IsPerDevice: false })
                    .Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
                sum = lines.Where(line => fees.Contains(line.ChargeId)).Aggregate(sum, (all, line) => all + line.Amount);
            }
        }
        return sum;
    }

    private static IEnumerable<PeriodSegment> Stages(SubscriptionState subscription, BillingPeriod period, Instant from)
    {
        var segments = subscription.Timeline.Segments;
        for (var i = 0; i < segments.Length; i++)
        {
            var start = Instant.Max(from, segments[i].From);
            var to = i + 1 < segments.Length ? Instant.Min(period.End, segments[i + 1].From) : period.End;
            if (start < to)
            {
                yield return new(subscription.PlanOf(segments[i]).Compiled, new(start, to), Begins: false, NoUsage);
            }
        }
    }
}
