using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
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
        var lines = statements.ToDictionary(s => s.Period, s => Lines(s).ToList());
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
                Add(held, holds ?? []);
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
            var kept = QuotaRating.Grant(scene, wanted with { Quantity = request.Quantity });
            if (IsWithin(Need(subscription, now, place, kept.Holds, without), request.Need!))
            {
                return kept.LimitedBy is null
                    ? kept with { LimitedBy = request.LimitedBy, ByMoney = request.ByMoney }
                    : kept;
            }
        }
        var grant = QuotaRating.Grant(request.Budget is { } budget ? Limited(subscription, place, scene, wanted, now, budget) : scene, wanted);
        if (grant.Quantity == 0m)
        {
            return grant;
        }
        var (before, after) = (Need(subscription, now, null, null, without), Need(subscription, now, place, grant.Holds, without));
        if (IsWithin(after, before))
        {
            // What costs nothing needs no money, also when there is less than none: the customer could only say no for what is billed already.
            return grant;
        }
        request.Ask(after, grant.Quantity, Sum(after, place.Currency) - Sum(before, place.Currency), grant.LimitedBy, grant.ByMoney);
        return null;
    }

    private static IEnumerable<BillLine> Lines(PeriodStatement statement) => statement.Lines.Select((line, i) =>
        new BillLine(line.Subscription, line.ChargeId, statement.Sources?[i], line.Amount));

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
            yield return new(subscription.View.Id, cost.Charge, place.Part.Plan.SourceOf(cost.Charge), cost.More);
        }
        if (Charged(place, statement) is { } charged && more - MoneyRating.Added(scene, charged, more) is { MinorUnits: not 0 } less)
        {
            yield return new(subscription.View.Id, CommitmentDefinition.MaximumId, null, -less);
        }
    }

    /// <summary>With ceilings on the lines of charges where no more is paid for than what is held: for a report of one reservation.</summary>
    /// <param name="others">What others hold.</param>
    public static QuotaScene Secured(QuotaScene others, Reservation reservation)
    {
        if (!others.IsPrepaid)
        {
            return others;
        }
        var held = new Dictionary<Core.Rating.BucketKey, decimal>(others.Held);
        Add(held, [.. reservation.Holds.Select(h => h.Hold)]);
        var all = others with { Held = held };
        return others with
        {
            Ceilings = MoneyRating.Costs(all).ToDictionary(
                c => c.Index, c => MoneyRating.Ceiling(all, c.Index, Money.Zero(others.Plan.Currency))),
        };
    }

    /// <summary>With ceilings on the lines of all charges that the usage counts in, so that the bill grows by no more than the money.</summary>
    private static QuotaScene Limited(
        SubscriptionState subscription, QuotaPlace place, QuotaScene scene, QuotaUse wanted, Instant now, Money budget)
    {
        var all = QuotaRating.Grant(scene, wanted).Holds;
        var held = new Dictionary<Core.Rating.BucketKey, decimal>(scene.Held);
        Add(held, all);
        var before = MoneyRating.Costs(scene).ToDictionary(c => c.Index, c => c.More);
        var zero = Money.Zero(place.Currency);
        var added = MoneyRating.Costs(scene with { Held = held })
            .Select(c => (c.Index, More: c.More - before.GetValueOrDefault(c.Index, zero))).Where(c => c.More.MinorUnits > 0).ToArray();
        var reserved = before.Values.Aggregate(zero, (sum, m) => sum + m);
        var statement = StatementLines.Statement(subscription, place.Period.Index, subscription.Totals());
        var most = Charged(place, statement) is { } charged ? MoneyRating.Room(scene, charged + reserved, budget) : budget;
        if (added.Length == 0 || most is not { } room)
        {
            return scene;
        }
        var shares = room.MinorUnits <= 0 ? [.. added.Select(_ => zero)] : room.Allocate([.. added.Select(a => a.More.MinorUnits)]);
        return scene with
        {
            Ceilings = added.Select((a, i) => (a.Index, Share: shares[i]))
                .ToDictionary(a => a.Index, a => MoneyRating.Ceiling(scene, a.Index, a.Share)),
        };
    }

    /// <summary>
    /// What the plan's minimum and maximum are compared with: the charges of its part of the period. Null where they are not looked at:
    /// in a trial, and for what comes on a later invoice. Then they are not counted on.
    /// </summary>
    private static Money? Charged(QuotaPlace place, PeriodStatement statement) =>
        place.Part.Segment.Trial is not null || statement.Period != place.Period.Index ? null : statement.Lines
            .Where(line => line.Kind is "usage" or "recurring" or "oneTime" && line.PeriodStart == place.Part.Start)
            .Aggregate(Money.Zero(place.Currency), (sum, line) => sum + line.Amount);

    private static void Add(Dictionary<Core.Rating.BucketKey, decimal> held, IReadOnlyList<QuotaHold> holds)
    {
        foreach (var hold in holds)
        {
            held[hold.Key] = held.GetValueOrDefault(hold.Key) + hold.Quantity;
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
