using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Totals of a subscription over all partitions, by usage period, billed period and plan segment.</summary>
internal sealed class PeriodTotals
{
    private readonly SortedDictionary<(int Usage, int Billed, int Segment), Part> _parts = [];

    /// <summary>What pools carry into periods, as far as it was asked for; these totals never change it again.</summary>
    public Dictionary<int, CarriedOver> CarriedInto { get; } = [];

    /// <summary>What is left of packs when periods begin, as far as it was asked for.</summary>
    public Dictionary<int, Dictionary<string, decimal>> PacksInto { get; } = [];

    public IEnumerable<int> UsagePeriodsBilledIn(int billed) =>
        _parts.Keys.Where(k => k.Billed == billed).Select(k => k.Usage).Distinct();

    public int? NewestBilledPeriod => _parts.Count == 0 ? null : _parts.Keys.Max(k => k.Billed);

    /// <summary>Whether an invoice takes back what an earlier one billed of a usage period and plan segment.</summary>
    public bool IsCorrected(int usage, int billed, int segment) =>
        _parts.TryGetValue((usage, billed, segment), out var part) && part.Corrected;

    /// <param name="from">The partition that told it.</param>
    public void Add(
        int usage, int billed, int segment, IEnumerable<SliceBucket> buckets, IEnumerable<SliceAggregate>? aggregates = null,
        int from = 0, bool corrected = false)
    {
        CarriedInto.Clear();
        PacksInto.Clear();
        if (!_parts.TryGetValue((usage, billed, segment), out var part))
        {
            _parts[(usage, billed, segment)] = part = new([], []);
        }
        part.Corrected |= corrected;
        foreach (var bucket in buckets)
        {
            Add(part.Sums, new(bucket.Charge, bucket.Bucket), new(bucket.Quantity, bucket.Amount, bucket.Events));
        }
        foreach (var told in aggregates ?? [])
        {
            var key = (from, new BucketKey(told.Charge, told.Bucket));
            part.Merged[key] = part.Merged.TryGetValue(key, out var known) && !told.Replaces
                ? known with { Aggregate = Merge(known.Aggregate, SliceAggregates.Hear(told)) }
                : (SliceAggregates.Hear(told), told.Replaces);
        }
    }

    /// <summary>Totals of a usage period and segment as they stood on the invoices up to and including a billed period.</summary>
    public Dictionary<BucketKey, BucketTotal> UpTo(int usage, int billed, int segment = 0)
    {
        var sums = new Dictionary<BucketKey, BucketTotal>();
        var merged = new Dictionary<(int From, BucketKey Key), Aggregate?>();
        foreach (var (_, part) in _parts.Where(t => t.Key.Usage == usage && t.Key.Billed <= billed && t.Key.Segment == segment))
        {
            foreach (var (key, total) in part.Sums)
            {
                Add(sums, key, total);
            }
            // In the order of billed periods: what a correction left is instead of what its partition told before.
            foreach (var (key, (aggregate, replaces)) in part.Merged)
            {
                merged[key] = replaces ? aggregate : Merge(merged.GetValueOrDefault(key), aggregate);
            }
        }
        foreach (var all in merged.GroupBy(m => m.Key.Key, m => m.Value))
        {
            if (all.Aggregate(Merge) is { } aggregate)
            {
                Add(sums, all.Key, new(aggregate.Quantity, 0m, 0));
            }
        }
        return sums;
    }

    private static void Add(Dictionary<BucketKey, BucketTotal> sums, BucketKey key, BucketTotal total) =>
        sums[key] = sums.GetValueOrDefault(key).Add(total);

    private static Aggregate? Merge(Aggregate? one, Aggregate? other) =>
        one is null ? other : other is null ? one : one.Merge(other);

    /// <summary>What is added and, by partition, what is merged of one usage and billed period.</summary>
    private sealed record Part(
        Dictionary<BucketKey, BucketTotal> Sums, Dictionary<(int From, BucketKey Key), (Aggregate? Aggregate, bool Replaces)> Merged)
    {
        public bool Corrected { get; set; }
    }
}
