using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Records;

/// <summary>
/// In the partition of devices, right after the <see cref="TimelineLearned"/> of a back-dated change: what the usage of a period comes
/// to by the plan that has all of it now. The other segments have none of it any more. See docs/adr/0019.
/// </summary>
/// <param name="Segment">Number of the segment that has the usage.</param>
/// <param name="Slices">By billed period.</param>
/// <param name="Devices">What the usage of single devices merges to, where the plan takes them by themselves.</param>
internal sealed record UsageRerated(
    string Tenant, string Subscription, int Segment, int UsagePeriod, ReratedSlice[] Slices, ReratedAggregate[] Devices);

/// <summary>Totals of one billed period.</summary>
internal sealed record ReratedSlice(int BilledPeriod, ReratedBucket[] Buckets, ReratedAggregate[] Aggregates);

/// <summary>The total of one price bucket.</summary>
internal sealed record ReratedBucket(int Charge, int Bucket, decimal Quantity, decimal Amount, long Events);

/// <summary>What usage of one price bucket merges to.</summary>
/// <param name="Device">The device's number in the partition's table; null for all devices together.</param>
internal sealed record ReratedAggregate(
    int? Device, int Charge, int Bucket, int Kind, decimal Value, long UnixTicks, string[]? Distinct)
{
    public SliceAggregate Aggregate => new(Charge, Bucket, Kind, Value, UnixTicks, Distinct);

    public static ReratedAggregate Of(int? device, in SliceAggregate told) =>
        new(device, told.Charge, told.Bucket, told.Kind, told.Value, told.UnixTicks, told.Distinct);
}
