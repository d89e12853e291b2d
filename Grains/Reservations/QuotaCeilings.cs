using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Reservations;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>Limits on the bill as a whole, as ceilings on the lines of charges. See docs/adr/0026.</summary>
internal static class QuotaCeilings
{
    /// <summary>
    /// With ceilings on the lines of all charges that the usage counts in, so that the bill grows by no more than a budget and reservations
    /// end at the plan's maximum.
    /// </summary>
    /// <param name="budget">What the bill may grow by; null where nobody limits it.</param>
    /// <param name="by">Where the budget comes from.</param>
    public static QuotaScene Under(
        SubscriptionState subscription, QuotaPlace place, QuotaScene scene, QuotaUse wanted, Money? budget = null,
        QuotaLimit by = QuotaLimit.Balance)
    {
        if (budget is null && !place.EndsAtMaximum)
        {
            return scene;
        }
        var zero = Money.Zero(place.Currency);
        var added = Added(subscription, scene, QuotaRating.Grant(scene, wanted).Holds);
        var reserved = MoneyRating.Costs(scene).Aggregate(zero, (sum, c) => sum + c.More);
        var statement = StatementLines.Statement(subscription, place.Period.Index, subscription.Totals());
        var (most, limit) = (budget, by);
        if (Charged(place, statement) is { } charged)
        {
            most = budget is { } money ? MoneyRating.Room(scene, charged + reserved, money) : null;
            if (MoneyRating.RoomBelowMaximum(scene, charged + reserved) is { } below && !(most?.MinorUnits <= below.MinorUnits))
            {
                (most, limit) = (below, QuotaLimit.Plan);
            }
        }
        if (added.Length == 0 || most is not { } room)
        {
            return scene;
        }
        var shares = room.MinorUnits > 0
            ? room.Allocate([.. added.Select(a => Math.Max(1L, a.More.MinorUnits))])
            : [.. added.Select(_ => MayCountTwice(subscription) ? new Money(-1L, place.Currency) : zero)];
        return scene with
        {
            Ceilings = added.Select((a, i) => (a.Index, Share: shares[i]))
                .ToDictionary(a => a.Index, a => MoneyRating.Ceiling(scene, a.Index, a.Share)),
            CeilingsBy = limit,
        };
    }

    /// <summary>
    /// Charges that quantities would add to. What rounds to nothing on its line is nothing; but not while something may be counted twice: then
    /// the line is not what it will be, and nobody knows how it rounds.
    /// </summary>
    public static (int Index, Money More)[] Added(SubscriptionState subscription, QuotaScene scene, IReadOnlyList<QuotaHold> holds)
    {
        var held = new Dictionary<BucketKey, decimal>(scene.Held);
        Add(held, holds);
        var before = MoneyRating.Costs(scene).ToDictionary(c => c.Index);
        return
        [
            .. MoneyRating.Costs(scene with { Held = held }).Select(c => before.TryGetValue(c.Index, out var b)
                    ? c with { More = c.More - b.More, Exact = c.Exact - b.Exact }
                    : c)
                .Where(c => c.More.MinorUnits > 0 || (c.Exact > 0m && MayCountTwice(subscription)))
                .Select(c => (c.Index, c.More)),
        ];
    }

    /// <summary>Whether usage that was reported may be in the totals and still be kept: between two steps of a report.</summary>
    public static bool MayCountTwice(SubscriptionState subscription) => subscription.ReservationsIfAny?.Unsettled.Count > 0;

    /// <summary>With ceilings on the lines of charges where they are with what is held: for a report of one reservation.</summary>
    /// <param name="others">What others hold.</param>
    public static QuotaScene Secured(QuotaScene others, Reservation reservation)
    {
        if (!others.IsPriced)
        {
            return others;
        }
        var held = new Dictionary<BucketKey, decimal>(others.Held);
        Add(held, [.. reservation.Holds.Select(h => h.Hold)]);
        var all = others with { Held = held };
        return others with
        {
            Ceilings = MoneyRating.Costs(all).ToDictionary(
                c => c.Index, c => MoneyRating.Ceiling(all, c.Index, Money.Zero(others.Plan.Currency))),
        };
    }

    /// <summary>
    /// What the plan's minimum and maximum are compared with: the charges of its part of the period. Null where they are not looked at:
    /// in a trial, and for what comes on a later invoice. Then they are not counted on.
    /// </summary>
    public static Money? Charged(QuotaPlace place, PeriodStatement statement) =>
        place.Part.Segment.Trial is not null || statement.Period != place.Period.Index ? null : statement.Lines
            .Where(line => line.Kind is "usage" or "recurring" or "oneTime" && line.PeriodStart == place.Part.Start)
            .Aggregate(Money.Zero(place.Currency), (sum, line) => sum + line.Amount);

    /// <summary>Adds what is held of buckets.</summary>
    public static void Add(Dictionary<BucketKey, decimal> held, IReadOnlyList<QuotaHold> holds)
    {
        foreach (var hold in holds)
        {
            held[hold.Key] = held.GetValueOrDefault(hold.Key) + hold.Quantity;
        }
    }
}
