using System.Runtime.InteropServices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Cumulative totals of this partition's devices for one (subscription, usage period, billed period).
/// </summary>
internal sealed class SliceTotals(TermsEntry terms, int usagePeriod, int billedPeriod)
{
    private readonly Dictionary<BucketKey, BucketTotal> _buckets = [];

    public TermsEntry Terms { get; } = terms;

    public int UsagePeriod { get; } = usagePeriod;

    public int BilledPeriod { get; } = billedPeriod;

    /// <summary>Whether it waits in the outbox for its subscription's partition.</summary>
    public bool Dirty { get; set; }

    public IReadOnlyDictionary<BucketKey, BucketTotal> Buckets => _buckets;

    public BucketTotal Total(BucketKey key) => _buckets.GetValueOrDefault(key);

    public void Add(BucketKey key, in BucketTotal change)
    {
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, key, out _);
        total = total.Add(change);
    }

    public Slice ToSlice() => new(
        Terms.Tenant.Id,
        Terms.Terms.Subscription.Id,
        UsagePeriod,
        BilledPeriod,
        [.. _buckets.Select(b => new SliceBucket(
            b.Key.Charge, b.Key.Bucket, b.Value.Quantity, b.Value.Amount, b.Value.Events))]);
}
