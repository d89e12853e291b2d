using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// What is left of packs, period after period. Nothing of it is stored: it follows from the packs that were granted, and from the totals
/// that each period was closed with, so that live bill, close and audit come to the same. See docs/adr/0026.
/// </summary>
internal static class PackChain
{
    /// <summary>The packs that usage of a period takes as billed through a period.</summary>
    /// <remarks>
    /// A closed period has taken what it has: what it left may have gone into later periods already. Usage that comes later has the
    /// usual price; less usage takes less.
    /// </remarks>
    public static UnitPacks For(SubscriptionState subscription, BillingPeriod period, PeriodTotals totals, int billed)
    {
        if (subscription.Packs.Count == 0)
        {
            return UnitPacks.None;
        }
        var into = Into(subscription, period.Index, totals);
        if (billed <= period.Index || period.Index > subscription.ClosedThrough)
        {
            return UnitPacks.In(Usable(subscription, into), period.Index);
        }
        var taken = Taken(subscription, period, totals);
        return UnitPacks.In(subscription.Packs.Select(p => (p, taken.GetValueOrDefault(p.Id))), period.Index);
    }

    /// <summary>What is left of packs when a part of a period begins, by all that is known.</summary>
    public static UnitPacks At(SubscriptionState subscription, BillingPeriod period, PeriodPart part)
    {
        if (subscription.Packs.Count == 0 || part.Segment.Trial == UsageInTrial.Free)
        {
            return UnitPacks.None;
        }
        var totals = subscription.Totals();
        var before = subscription.Parts(period).TakeWhile(p => p.Segment.Number != part.Segment.Number).Count();
        return For(subscription, period, totals, int.MaxValue).After(
            [.. StatementLines.Rated(subscription, period, totals, int.MaxValue).Take(before).SelectMany(c => c).SelectMany(c => c.Packs)]);
    }

    /// <summary>What is left of each pack when a period begins, before any that is granted in it; by id.</summary>
    public static IReadOnlyDictionary<string, decimal> Into(SubscriptionState subscription, int index, PeriodTotals totals)
    {
        var first = subscription.Packs.Min(p => p.FirstPeriod);
        var from = Math.Max(first, totals.PacksInto.Keys.Where(k => k <= index).DefaultIfEmpty(first).Max());
        var left = totals.PacksInto.GetValueOrDefault(from) ?? [];
        for (; from < index; from++)
        {
            totals.PacksInto[from] = left;
            var taken = Taken(subscription, subscription.Calendar.Period(from), totals);
            left = Usable(subscription, left).Where(p => p.Pack.FirstPeriod <= from)
                .ToDictionary(p => p.Pack.Id, p => p.Pack.Carried(from, p.Left - taken.GetValueOrDefault(p.Pack.Id)), StringComparer.Ordinal);
        }
        return totals.PacksInto[index] = left;
    }

    /// <summary>What a period takes of each pack by the totals of its own invoice; of an open period, by all that is known.</summary>
    public static Dictionary<string, decimal> Taken(SubscriptionState subscription, BillingPeriod period, PeriodTotals totals) =>
        StatementLines.Rated(subscription, period, totals, period.Index).SelectMany(charges => charges).SelectMany(c => c.Packs)
            .GroupBy(d => d.Pack).ToDictionary(g => g.Key, g => g.Sum(d => d.Quantity), StringComparer.Ordinal);

    /// <summary>Packs that were not there before have all of their quantity.</summary>
    private static IEnumerable<(UnitPack Pack, decimal Left)> Usable(SubscriptionState subscription, IReadOnlyDictionary<string, decimal> left) =>
        subscription.Packs.Select(p => (p, left.TryGetValue(p.Id, out var rest) ? rest : p.Quantity));
}
