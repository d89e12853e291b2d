using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Totals of a subscription over all partitions, by usage period and billed period.</summary>
internal sealed class PeriodTotals
{
    private readonly SortedDictionary<(int Usage, int Billed), Dictionary<BucketKey, BucketTotal>> _totals = [];

    public IEnumerable<int> UsagePeriodsBilledIn(int billed) => _totals.Keys.Where(k => k.Billed == billed).Select(k => k.Usage);

    public int? NewestBilledPeriod => _totals.Count == 0 ? null : _totals.Keys.Max(k => k.Billed);

    public void Add(int usage, int billed, IEnumerable<SliceBucket> buckets)
    {
        if (!_totals.TryGetValue((usage, billed), out var sums))
        {
            _totals[(usage, billed)] = sums = [];
        }
        foreach (var bucket in buckets)
        {
            Add(sums, new(bucket.Charge, bucket.Bucket), new(bucket.Quantity, bucket.Amount, bucket.Events));
        }
    }

    /// <summary>Totals of a usage period as they stood on the invoices up to and including a billed period.</summary>
    public Dictionary<BucketKey, BucketTotal> UpTo(int usage, int billed)
    {
        var sums = new Dictionary<BucketKey, BucketTotal>();
        foreach (var ((_, _), part) in _totals.Where(t => t.Key.Usage == usage && t.Key.Billed <= billed))
        {
            foreach (var (key, total) in part)
            {
                Add(sums, key, total);
            }
        }
        return sums;
    }

    private static void Add(Dictionary<BucketKey, BucketTotal> sums, BucketKey key, BucketTotal total) =>
        sums[key] = sums.GetValueOrDefault(key).Add(total);
}
