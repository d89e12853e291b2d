using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Reservations;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>What a subscription can come to at most, and what of a wanted quantity its customer's money pays for. See docs/adr/0026.</summary>
internal static class FundsRules
{
    /// <summary>What every period that the customer may not have taken can come to, with all that is reserved.</summary>
    /// <param name="more">What is to be reserved besides; null for nothing.</param>
    /// <param name="without">Id of the reservation in whose place that is; null for none.</param>
    public static PeriodNeed[] Need(
        SubscriptionState subscription, Instant now, QuotaPlace? more = null, IReadOnlyList<QuotaHold>? holds = null, string? without = null)
    {
        var statements = StatementLines.Running(subscription, now);
        var lines = statements.ToDictionary(s => s.Period, s => Lines(subscription, s).ToList());
        var open = statements.ToDictionary(s => s.Period);
        var places = (subscription.ReservationsIfAny?.Places ?? []).ToHashSet();
        if (more is not null)
        {
            places.Add((more.Period.Index, more.Part.Segment.Number));
        }
        foreach (var (period, segment) in places.Order())
        {
            // What is used of a closed period comes on the next invoice.
            var billed = Math.Max(period, subscription.ClosedThrough + 1);
            if (PlaceOf(subscription, period, segment) is not { } place || !lines.TryGetValue(billed, out var bill))
            {
                continue;
            }
            var held = subscription.Reservations.Held(period, segment, without);
            if (more is not null && (more.Period.Index, more.Part.Segment.Number) == (period, segment))
            {
                QuotaCeilings.Add(held, holds ?? []);
            }
            bill.AddRange(Reserved(subscription, place, place.Scene(subscription, held), open[billed]));
        }
        return [.. statements.Select(s => new PeriodNeed(s.Period, s.PeriodEnd, [.. lines[s.Period]]))];
    }

    /// <summary>
    /// How much of a quantity is granted: null while the customer is to be asked for the money, by <see cref="FundsRequest.Need"/>.
    /// </summary>
    /// <param name="without">Id of the reservation that the grant is in place of; null for none.</param>
    public static QuotaGrant? Grant(
        SubscriptionState subscription, QuotaPlace place, QuotaUse wanted, Instant now, FundsRequest request, string? without = null)
    {
        var scene = place.Scene(subscription, subscription.Reservations.Held(place.Period.Index, place.Part.Segment.Number, without));
        if (request.IsKept)
        {
            // What was asked for was decided a moment ago; it still has to fit under every other limit, and in the money that is kept.
            var asked = wanted with { Quantity = request.Quantity };
            var kept = QuotaRating.Grant(QuotaCeilings.Under(subscription, place, scene, asked), asked);
            if (IsWithin(Need(subscription, now, place, kept.Holds, without), request.Need!))
            {
                return kept.LimitedBy is null
                    ? kept with { LimitedBy = request.LimitedBy, Limit = request.Limit }
                    : kept;
            }
        }
        var grant = QuotaRating.Grant(QuotaCeilings.Under(subscription, place, scene, wanted, request.Budget, request.BudgetBy), wanted);
        if (grant.Quantity == 0m)
        {
            return grant;
        }
        var (before, after) = (Need(subscription, now, null, null, without), Need(subscription, now, place, grant.Holds, without));
        if (IsWithin(after, before)
            && (!QuotaCeilings.MayCountTwice(subscription) || QuotaCeilings.Added(subscription, scene, grant.Holds).Length == 0))
        {
            // What costs nothing needs no money, also when there is less than none: the customer could only say no for what is billed already.
            return grant;
        }
        request.Ask(after, place.Period.End, Sum(after, place.Currency) - Sum(before, place.Currency), grant);
        return null;
    }

    private static IEnumerable<BillLine> Lines(SubscriptionState subscription, PeriodStatement statement) => statement.Lines.Select((line, i) =>
        new BillLine(
            line.Subscription, line.ChargeId, statement.Sources?[i], line.Amount,
            UsageEnd(subscription.Calendar.PeriodAt(line.PeriodStart), statement)));

    /// <summary>Null where it is the statement's own period.</summary>
    private static Instant? UsageEnd(BillingPeriod usage, PeriodStatement statement) => usage.Index == statement.Period ? null : usage.End;

    /// <summary>What reserved usage adds to the bill, charge by charge; and what the plan's minimum and maximum take of that.</summary>
    private static IEnumerable<BillLine> Reserved(
        SubscriptionState subscription, QuotaPlace place, QuotaScene scene, PeriodStatement statement)
    {
        if (place.Part.Segment.Trial == UsageInTrial.Free)
        {
            yield break;
        }
        var more = Money.Zero(place.Currency);
        foreach (var cost in MoneyRating.Costs(scene).Where(c => c.More.MinorUnits > 0))
        {
            more += cost.More;
            yield return new(
                subscription.View.Id, cost.Charge, place.Part.Plan.SourceOf(cost.Charge), cost.More, UsageEnd(place.Period, statement));
        }
        if (QuotaCeilings.Charged(place, statement) is { } charged && more - MoneyRating.Added(scene, charged, more) is { MinorUnits: not 0 } less)
        {
            yield return new(subscription.View.Id, CommitmentDefinition.MaximumId, null, -less, UsageEnd(place.Period, statement));
        }
    }

    private static Money Sum(PeriodNeed[] need, Currency currency) =>
        need.SelectMany(p => p.Lines).Aggregate(Money.Zero(currency), (sum, line) => sum + line.Amount);

    /// <summary>Whether no charge of any period comes to more.</summary>
    private static bool IsWithin(PeriodNeed[] now, PeriodNeed[] kept)
    {
        var most = ByCharge(kept);
        return ByCharge(now).All(n => n.Value <= most.GetValueOrDefault(n.Key));
    }

    private static Dictionary<(int Period, string Charge), long> ByCharge(PeriodNeed[] need) => need
        .SelectMany(p => p.Lines.Select(line => (Key: (p.Period, line.Charge), line.Amount.MinorUnits)))
        .GroupBy(l => l.Key).ToDictionary(g => g.Key, g => g.Sum(l => l.MinorUnits));

    private static QuotaPlace? PlaceOf(SubscriptionState subscription, int index, int segment)
    {
        var period = subscription.Calendar.Period(index);
        return subscription.Parts(period).FirstOrDefault(p => p.Segment.Number == segment) is { } part ? new(period, part) : null;
    }
}
