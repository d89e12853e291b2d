using NodaTime;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>
/// What one partition tells another: cumulative slices of the other's subscriptions, and how far its clocks are sealed.
/// Repetition, loss and reordering do no harm: the newest by (epoch, position) wins.
/// </summary>
/// <param name="From">The sending partition.</param>
/// <param name="Epoch">Its ownership epoch.</param>
/// <param name="Position">Its durable log position that the slices reflect.</param>
/// <param name="ReceiverEpoch">
/// The epoch of the receiver that, with this delivery, has had every slice up to <paramref name="Position"/>; 0 when
/// not
/// known. Only when it is the receiver's own, <paramref name="SealedThrough"/> counts for the low watermark.
/// </param>
/// <param name="SealedThrough">Per tenant: usage of periods that ended by then no longer changes on-time
/// totals.</param>
[GenerateSerializer, Immutable, Alias("billing.slice-delivery")]
public sealed record SliceDelivery(
    [property: Id(0)] int From,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Position,
    [property: Id(3)] long ReceiverEpoch,
    [property: Id(4)] KeyValuePair<string, Instant>[] SealedThrough,
    [property: Id(5)] Slice[] Slices);

/// <summary>
/// Cumulative totals of one partition's devices for one subscription, usage period and invoice period.
/// </summary>
/// <param name="UsagePeriod">Index of the period in which it was used.</param>
/// <param name="BilledPeriod">Index of the period whose invoice bills it: later than the usage period for late
/// usage.</param>
/// <param name="Aggregates">What is merged, not added, in some of the buckets; null when nothing is.</param>
/// <param name="Segment">Number of the subscription's plan segment; the buckets are those of its plan version.</param>
/// <param name="Corrected">Whether it takes back what an earlier period billed, because somebody corrected usage.</param>
/// <param name="From">The partition whose devices they are; only where slices of several travel together.</param>
[GenerateSerializer, Immutable, Alias("billing.slice")]
public sealed record Slice(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Subscription,
    [property: Id(2)] int UsagePeriod,
    [property: Id(3)] int BilledPeriod,
    [property: Id(4)] SliceBucket[] Buckets,
    [property: Id(5)] SliceAggregate[]? Aggregates = null,
    [property: Id(6)] int Segment = 0,
    [property: Id(7)] bool Corrected = false,
    [property: Id(8)] int From = 0);

/// <summary>Totals of one price bucket; see <see cref="Core.Rating.BucketTotal"/>.</summary>
[GenerateSerializer, Immutable, Alias("billing.slice-bucket")]
public readonly record struct SliceBucket(
    [property: Id(0)] int Charge,
    [property: Id(1)] int Bucket,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] decimal Amount,
    [property: Id(4)] long Events);

/// <summary>What the usage of one price bucket merges to; see <see cref="Core.Rating.Aggregate"/>.</summary>
/// <param name="Kind">An <see cref="Core.Usage.AggregationKind"/>; <see cref="Nothing"/> for no usage at all.</param>
/// <param name="Value">The extreme or the latest value.</param>
/// <param name="UnixTicks">When the latest value was reported.</param>
/// <param name="Distinct">Only of a unique count: the different values, in ordinal order.</param>
/// <param name="Replaces">Whether it is instead of what the same partition told for earlier billed periods, because usage that
/// they had was taken back; otherwise it is merged with that.</param>
[GenerateSerializer, Immutable, Alias("billing.slice-aggregate")]
public readonly record struct SliceAggregate(
    [property: Id(0)] int Charge,
    [property: Id(1)] int Bucket,
    [property: Id(2)] int Kind,
    [property: Id(3)] decimal Value,
    [property: Id(4)] long UnixTicks,
    [property: Id(5)] string[]? Distinct,
    [property: Id(6)] bool Replaces = false)
{
    /// <summary>The kind of an aggregate of nothing.</summary>
    public const int Nothing = -1;
}
