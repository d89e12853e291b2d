using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Rating;

/// <summary>Places rows that share counters in their tiers: in the order of the plan, whenever their usage came.</summary>
/// <remarks>Rule: docs/pricing.md, matrix. So the amount does not depend on the order of arrival.</remarks>
internal static class SharedTiers
{
    /// <param name="charge">The charge.</param>
    /// <param name="bucket">The row.</param>
    /// <param name="quantity">What is priced in it, in the priced unit.</param>
    /// <param name="seconds">Of the period, for averages.</param>
    /// <param name="totals">Of every row.</param>
    internal static TierPlace Place(
        CompiledCharge charge, int bucket, decimal quantity, decimal seconds, IReadOnlyDictionary<BucketKey, BucketTotal> totals)
    {
        var (start, length) = charge.Shared(bucket).GetOffsetAndLength(charge.Buckets.Count);
        if (length == 0)
        {
            return TierPlace.Alone(quantity);
        }

        var (before, all) = (0m, 0m);
        for (var row = start; row < start + length; row++)
        {
            if (totals.TryGetValue(new(charge.Index, row), out var total))
            {
                charge.TryConvert(total.Quantity, seconds, out var priced);
                before = row < bucket ? ExactMath.Add(before, priced) : before;
                all = ExactMath.Add(all, priced);
            }
        }

        return new(before, all);
    }
}
