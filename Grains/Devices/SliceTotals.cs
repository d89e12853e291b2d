using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Cumulative totals of this partition's devices for one (subscription, usage period, billed period).
/// </summary>
/// <param name="before">The subscription's slice that came to be before this one.</param>
internal class SliceTotals(TermsEntry terms, int usagePeriod, int billedPeriod, SliceTotals? before)
{
    // Most slices have one bucket, and all of them stay for years: an array only for several, no longer than needed.
    private BucketEntry _only;
    private BucketEntry[]? _several;
    private bool _any;

    public TermsEntry Terms { get; } = terms;

    public SliceTotals? Before { get; } = before;

    public int UsagePeriod { get; } = usagePeriod;

    public int BilledPeriod { get; } = billedPeriod;

    /// <summary>Whether it waits in the outbox for its subscription's partition.</summary>
    public bool Dirty { get; set; }

    /// <summary>Whether it takes back what an earlier period billed.</summary>
    public bool Corrected { get; set; }

    /// <summary>In order of their keys.</summary>
    public ReadOnlySpan<BucketEntry> Buckets => Entries;

    private Span<BucketEntry> Entries => _several ?? (_any ? new Span<BucketEntry>(ref _only) : []);

    public BucketTotal Total(BucketKey key) => Find(key) is var at and >= 0 ? Entries[at].Total : default;

    public void Add(BucketKey key, in BucketTotal change)
    {
        var at = Find(key);
        var entries = Entries;
        if (at >= 0)
        {
            entries[at].Total = entries[at].Total.Add(change);
            return;
        }
        BucketEntry entry = new() { Key = key, Total = BucketTotal.Zero.Add(change) };
        if (_any)
        {
            _several = [.. entries[..~at], entry, .. entries[~at..]];
        }
        else
        {
            (_only, _any) = (entry, true);
        }
    }

    /// <summary>Forgets a bucket that a correction emptied: a bill must not know that there ever was usage.</summary>
    public void DropIfNothing(BucketKey key)
    {
        var at = Find(key);
        if (at < 0 || Entries[at].Total is not { Quantity: 0m, Amount: 0m, Events: 0 })
        {
            return;
        }
        var entries = Entries;
        BucketEntry[] left = [.. entries[..at], .. entries[(at + 1)..]];
        _any = left.Length > 0;
        _only = left.Length == 1 ? left[0] : default;
        _several = left.Length > 1 ? left : null;
    }

    /// <summary>Takes all usage out; devices that are counted stay, which is for their own rules to change.</summary>
    public virtual void ClearUsage()
    {
        foreach (ref var entry in Entries)
        {
            var key = entry.Key;
            if (Terms.Plan.Presences.All(presence => presence.Key != key))
            {
                entry.Total = BucketTotal.Zero;
            }
        }
    }

    public Slice ToSlice()
    {
        var entries = Entries;
        var buckets = new SliceBucket[entries.Length];
        for (var i = 0; i < buckets.Length; i++)
        {
            var ((charge, bucket), total) = (entries[i].Key, entries[i].Total);
            buckets[i] = new(charge, bucket, total.Quantity, total.Amount, total.Events);
        }
        return new(Terms.Tenant.Id, Terms.Id, UsagePeriod, BilledPeriod, buckets, TellAggregates(), Terms.Number, Corrected);
    }

    /// <summary>What is merged in some of the buckets; null when nothing is.</summary>
    protected virtual SliceAggregate[]? TellAggregates() => null;

    /// <summary>Where a key's bucket is, or the complement of where it belongs.</summary>
    private int Find(BucketKey key)
    {
        var entries = Entries;
        var (low, high) = (0, entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = (entries[middle].Key.Charge, entries[middle].Key.Bucket).CompareTo((key.Charge, key.Bucket));
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
