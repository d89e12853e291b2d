using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>Usage that a back-dated change of plan moves from the segments that had it to the one that has it now.</summary>
internal sealed partial class DeviceBook
{
    public void Apply(TenantCopy tenant, UsageRerated fact)
    {
        var timeline = KnownTerms(tenant, fact.Subscription).Timeline!;
        var taker = timeline.Entries.Find(e => e.Number == fact.Segment)!;
        foreach (var slice in timeline.Entries.Where(e => e != taker).SelectMany(e => e.Slices))
        {
            if (slice.UsagePeriod == fact.UsagePeriod)
            {
                slice.ClearUsage();
                _outbox.Touch(slice);
            }
        }
        foreach (var told in fact.Slices)
        {
            Take(taker, fact.UsagePeriod, told);
        }
        var replaced = timeline.Entries.Where(e => e != taker).Select(e => e.Index).ToHashSet();
        foreach (var device in _devices.Where(d => d.Assignments.Any(a => a.Terms == timeline.First)))
        {
            Move(device, replaced, fact.UsagePeriod, taker.Index);
        }
        foreach (var told in fact.Devices)
        {
            _devices[told.Device!.Value].SetAggregate(
                new(taker.Index, fact.UsagePeriod, new(told.Charge, told.Bucket)), SliceAggregates.Hear(told.Aggregate)!);
        }
    }

    private void Take(TermsEntry taker, int usagePeriod, ReratedSlice told)
    {
        var slice = taker.Slice(usagePeriod, told.BilledPeriod);
        foreach (var bucket in told.Buckets)
        {
            slice.Add(new(bucket.Charge, bucket.Bucket), new BucketTotal(bucket.Quantity, bucket.Amount, bucket.Events));
        }
        foreach (var merged in told.Aggregates)
        {
            ((MergingSlice)slice).Merge(new(merged.Charge, merged.Bucket), SliceAggregates.Hear(merged.Aggregate)!);
        }
        _outbox.Touch(slice);
    }

    /// <summary>Makes what the device shows of the period, and the state of meters that merge, the taker's.</summary>
    private void Move(DeviceState device, HashSet<int> replaced, int usagePeriod, int taker)
    {
        foreach (var (place, aggregate) in device.TakeAggregates(p => p.UsagePeriod == usagePeriod && replaced.Contains(p.Terms)))
        {
            // Those of price buckets are another plan's; the fact has the new plan's.
            if (place.Key.Charge < 0)
            {
                var moved = place with { Terms = taker };
                device.SetAggregate(moved, device.Aggregate(moved)?.Merge(aggregate) ?? aggregate);
            }
        }
        device.MoveUsage(usagePeriod, replaced, taker, (meter, sum) => _meters[meter].Kind == AggregationKind.Sum
            ? sum
            : device.Aggregate(DeviceBucket.OfMeter(taker, usagePeriod, meter))?.Quantity ?? sum);
    }
}
