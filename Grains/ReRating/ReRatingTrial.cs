using System.IO.Hashing;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.ReRating;

/// <summary>What a corrected plan changes for one subscription.</summary>
internal static class ReRatingTrial
{
    /// <summary>Null when the wrong version was not in force in any of the periods.</summary>
    public static ReRatedSubscription? Of(SubscriptionState subscription, ReRatingSpec spec, PlanEntry corrected, Instant now)
    {
        var (calendar, start) = (subscription.Calendar, subscription.View.Start);
        if (spec.To <= start || now < start)
        {
            return null;
        }
        var first = calendar.IndexAt(Instant.Max(spec.From, start));
        var last = calendar.IndexAt(Instant.Min(now, spec.To - Duration.Epsilon));
        var trial = new ReRatedPeriods("", spec.Plan, spec.WrongVersion, corrected, first, last, int.MinValue, Variants: true);
        var totals = subscription.Totals();
        var (periods, concerned, told) = (new List<ReRatedPeriod>(), new List<int>(), new List<string>());
        for (var index = first; index <= last; index++)
        {
            var period = calendar.Period(index);
            if (!subscription.Parts(period).Any(p => (p.Plan.View.Id, p.Plan.View.Version) == (spec.Plan, spec.WrongVersion)))
            {
                continue;
            }
            if (subscription.Parts(period).Select(p => p.Plan).Where(p => (p.View.Id, p.View.Version) == (spec.Plan, spec.WrongVersion))
                .Select(p => VariantChecks.Refusal(subscription.View.Id, p, corrected)).FirstOrDefault(e => e is not null) is { } refusal)
            {
                return new(subscription.View.Id, subscription.View.Customer, first, last, 0m, [], "", refusal);
            }
            concerned.Add(index);
            var before = StatementLines.Known(subscription, period, totals);
            var after = StatementLines.Known(subscription, period, totals, trial);
            var lines = StatementLines.ReRated(subscription, period, totals, trial);
            told.Add(JsonSerializer.Serialize(before, BillingJson.Options));
            if (lines.Length > 0)
            {
                periods.Add(new(
                    period.Start, period.End, index <= subscription.ClosedThrough, Sum(before), Sum(after), lines));
            }
        }
        var fingerprint = XxHash128.Hash(JsonSerializer.SerializeToUtf8Bytes(
            new { subscription.ClosedThrough, told, concerned }, BillingJson.Options));
        return concerned.Count == 0
            ? null
            : new(
                subscription.View.Id, subscription.View.Customer, concerned[0], concerned[^1], periods.Sum(p => p.After - p.Before),
                [.. periods], Convert.ToHexString(fingerprint));
    }

    private static decimal Sum(InvoiceLine[] lines) => lines.Sum(line => line.Amount.ToDecimal());
}
