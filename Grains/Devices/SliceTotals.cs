using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Cumulative totals of this partition's devices for one (subscription, usage period, billed period).
/// </summary>
/// <param name="before">The subscription's slice that came to be before this one.</param>
internal sealed class SliceTotals(TermsEntry terms, int usagePeriod, int billedPeriod, SliceTotals? before)
{
    // In order of their keys, and no longer than needed: most slices have one or two buckets and stay for years.
    private BucketEntry[] _buckets = [];

    public TermsEntry Terms { get; } = terms;

    public SliceTotals? Before { get; } = before;

    public int UsagePeriod { get; } = usagePeriod;

    public int BilledPeriod { get; } = billedPeriod;

    /// <summary>Whether it waits in the outbox for its subscription's partition.</summary>
    public bool Dirty { get; set; }

    /// <summary>In order of their keys.</summary>
    public ReadOnlySpan<BucketEntry> Buckets => _buckets;

    public BucketTotal Total(BucketKey key) => Find(key) is var at and >= 0 ? _buckets[at].Total : default;

    public void Add(BucketKey key, in BucketTotal change)
    {
        var at = Find(key);
        if (at >= 0)
        {
            _buckets[at].Total = _buckets[at].Total.Add(change);
            return;
        }
        BucketEntry entry = new() { Key = key, Total = BucketTotal.Zero.Add(change) };
        _buckets = [.. _buckets.AsSpan(0, ~at), entry, .. _buckets.AsSpan(~at)];
    }

    public Slice ToSlice() => new(
        Terms.Tenant.Id,
        Terms.Id,
        UsagePeriod,
        BilledPeriod,
        Array.ConvertAll(
            _buckets, b => new SliceBucket(b.Key.Charge, b.Key.Bucket, b.Total.Quantity, b.Total.Amount, b.Total.Events)));

    /// <summary>Where a key's bucket is, or the complement of where it belongs.</summary>
    private int Find(BucketKey key)
    {
        var (low, high) = (0, _buckets.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = (_buckets[middle].Key.Charge, _buckets[middle].Key.Bucket).CompareTo((key.Charge, key.Bucket));
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return ~low;
    }

    /// <summary>A price bucket and what usage adds up to in it.</summary>
    public struct BucketEntry
    {
        public BucketKey Key;

        public BucketTotal Total;
    }
}
