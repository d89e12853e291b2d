using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Totals of a subscription over all partitions, by usage period, billed period and plan segment.</summary>
internal sealed class PeriodTotals
{
    private readonly SortedDictionary<(int Usage, int Billed, int Segment), Part> _parts = [];

    public IEnumerable<int> UsagePeriodsBilledIn(int billed) =>
        _parts.Keys.Where(k => k.Billed == billed).Select(k => k.Usage).Distinct();

    public int? NewestBilledPeriod => _parts.Count == 0 ? null : _parts.Keys.Max(k => k.Billed);

    public void Add(
        int usage, int billed, int segment, IEnumerable<SliceBucket> buckets, IEnumerable<SliceAggregate>? aggregates = null)
    {
        if (!_parts.TryGetValue((usage, billed, segment), out var part))
        {
            _parts[(usage, billed, segment)] = part = new([], []);
        }
        foreach (var bucket in buckets)
        {
            Add(part.Sums, new(bucket.Charge, bucket.Bucket), new(bucket.Quantity, bucket.Amount, bucket.Events));
        }
        foreach (var told in aggregates ?? [])
        {
            Merge(part.Merged, new(told.Charge, told.Bucket), SliceAggregates.Hear(told));
        }
    }

    /// <summary>Totals of a usage period and segment as they stood on the invoices up to and including a billed period.</summary>
    public Dictionary<BucketKey, BucketTotal> UpTo(int usage, int billed, int segment = 0)
    {
        var sums = new Dictionary<BucketKey, BucketTotal>();
        var merged = new Dictionary<BucketKey, Aggregate>();
        foreach (var (_, part) in _parts.Where(t => t.Key.Usage == usage && t.Key.Billed <= billed && t.Key.Segment == segment))
        {
            foreach (var (key, total) in part.Sums)
            {
                Add(sums, key, total);
            }
            foreach (var (key, aggregate) in part.Merged)
            {
                Merge(merged, key, aggregate);
            }
        }
        foreach (var (key, aggregate) in merged)
        {
            Add(sums, key, new(aggregate.Quantity, 0m, 0));
        }
        return sums;
    }

    private static void Add(Dictionary<BucketKey, BucketTotal> sums, BucketKey key, BucketTotal total) =>
        sums[key] = sums.GetValueOrDefault(key).Add(total);

    private static void Merge(Dictionary<BucketKey, Aggregate> merged, BucketKey key, Aggregate change) =>
        merged[key] = merged.TryGetValue(key, out var known) ? known.Merge(change) : change;

    /// <summary>What is added and what is merged of one usage and billed period.</summary>
    private readonly record struct Part(Dictionary<BucketKey, BucketTotal> Sums, Dictionary<BucketKey, Aggregate> Merged);
}
