using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>How much more of a class of usage pools cover, beside what is used and reserved of all classes.</summary>
/// <remarks>
/// Pools are used in an order, and each covers classes in an order: more usage of any class never leaves less uncovered. So what is covered
/// together with all that is reserved is covered with any part of it. Rule: ADR 0023.
/// </remarks>
internal static class AllowanceRoom
{
    /// <param name="charge">With pools alone: nothing is a device's own, none has a limit, no block is bought.</param>
    /// <param name="days">Local days of the whole period.</param>
    /// <param name="share">Of the period that the subscription ran, for pools that are prorated.</param>
    /// <param name="used">Totals of the period.</param>
    /// <param name="held">What is reserved of every bucket, in meters' units.</param>
    /// <param name="carried">From earlier periods.</param>
    /// <param name="bucket">Of the class.</param>
    /// <returns>In the meter's unit; not negative.</returns>
    internal static decimal Of(
        CompiledCharge charge, int days, ProrationRatio share, IReadOnlyDictionary<BucketKey, BucketTotal> used,
        IReadOnlyDictionary<BucketKey, decimal> held, CarriedOver carried, int bucket)
    {
        var allowances = charge.Allowances!;
        var totals = used.ToDictionary();
        foreach (var (key, quantity) in held.Where(h => h.Key.Charge == charge.Index))
        {
            Add(totals, key, quantity);
        }

        var before = new AllowanceWalk(charge, days, share, totals, carried);
        var (uncovered, room) = (Uncovered(before), before.Uses.Aggregate(0m, (sum, use) => ExactMath.Add(sum, use.Left)));
        // Each unit less is uncovered by one unit less at most, so that this never goes below what fits.
        while (room > 0m)
        {
            var more = totals.ToDictionary();
            Add(more, allowances.Key(bucket), room);
            var beyond = ExactMath.Subtract(Uncovered(new(charge, days, share, more, carried)), uncovered);
            if (beyond <= 0m)
            {
                break;
            }

            room = ExactMath.Subtract(room, beyond);
        }

        return Math.Max(0m, room);

        decimal Uncovered(AllowanceWalk walk) => Enumerable.Range(0, charge.Buckets.Count).Aggregate(0m, (sum, row) => ExactMath.Add(sum, walk.LeftOf(row)));
    }

    private static void Add(Dictionary<BucketKey, BucketTotal> totals, BucketKey key, decimal quantity)
    {
        var total = totals.GetValueOrDefault(key);
        totals[key] = total with { Quantity = ExactMath.Add(total.Quantity, quantity) };
    }
}
