using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>Aggregates as other partitions are told of them.</summary>
internal static class SliceAggregates
{
    public static SliceAggregate Tell(BucketKey key, Aggregate aggregate) => new(
        key.Charge, key.Bucket, (int)aggregate.Kind, aggregate.Value, aggregate.Time.ToUnixTimeTicks(),
        aggregate.Distinct is { } distinct ? [.. distinct] : null);

    /// <summary>That nothing is left of a bucket.</summary>
    public static SliceAggregate TellNothing(BucketKey key) => new(
        key.Charge, key.Bucket, SliceAggregate.Nothing, 0m, 0, null, Replaces: true);

    /// <summary>Null for nothing.</summary>
    public static Aggregate? Hear(in SliceAggregate told) => told.Kind == SliceAggregate.Nothing ? null : Aggregate.Restore(
        (AggregationKind)told.Kind, told.Value, Instant.FromUnixTimeTicks(told.UnixTicks), told.Distinct);
}
