using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Corrections;

/// <summary>
/// Every event that counts in some usage periods of a partition, by what it merges into. A maximum, a latest value or a number of
/// different values cannot be subtracted from: what is left after a correction is merged anew from this.
/// </summary>
internal sealed class MergedPopulation(IEnumerable<(int Terms, int UsagePeriod)> places)
{
    private readonly Dictionary<(int Terms, int UsagePeriod), HashSet<UInt128>> _events =
        places.Distinct().ToDictionary(p => p, _ => new HashSet<UInt128>());

    private readonly Dictionary<Bucket, Dictionary<UInt128, Aggregate>> _parts = [];

    /// <summary>The usage periods it is about.</summary>
    public IReadOnlyCollection<(int Terms, int UsagePeriod)> Places => _events.Keys;

    public int EventsOf((int Terms, int UsagePeriod) place) => _events[place].Count;

    public bool Wants(in UsageRecord record) =>
        record.Quarantine is null && _events.ContainsKey((record.Terms, record.UsagePeriod));

    /// <summary>Adds an event that counts; again makes no difference.</summary>
    /// <returns>What it merges into.</returns>
    public IReadOnlyCollection<Bucket> Add(DeviceBook book, in UsageRecord record)
    {
        var id = EventIdIndex.IdOf(record.Device, record.EventId);
        _events[(record.Terms, record.UsagePeriod)].Add(id);
        var merged = Of(book, record);
        foreach (var (bucket, aggregate) in merged)
        {
            (_parts.TryGetValue(bucket, out var parts) ? parts : _parts[bucket] = [])[id] = aggregate;
        }
        return merged.Keys;
    }

    /// <summary>Takes an event out.</summary>
    /// <returns>What it merged into.</returns>
    public IReadOnlyCollection<Bucket> Remove(DeviceBook book, in UsageRecord record)
    {
        var id = EventIdIndex.IdOf(record.Device, record.EventId);
        _events[(record.Terms, record.UsagePeriod)].Remove(id);
        var buckets = Of(book, record).Keys;
        foreach (var bucket in buckets)
        {
            _parts.GetValueOrDefault(bucket)?.Remove(id);
        }
        return buckets;
    }

    /// <summary>What is left of a bucket.</summary>
    public MergedAnew Left(Bucket bucket)
    {
        Aggregate? left = null;
        foreach (var part in _parts.GetValueOrDefault(bucket)?.Values ?? Enumerable.Empty<Aggregate>())
        {
            left = left?.Merge(part) ?? part;
        }
        return new(
            bucket.Terms, bucket.UsagePeriod, bucket.Device >= 0,
            left is null ? SliceAggregates.TellNothing(bucket.Key) with { Replaces = false } : SliceAggregates.Tell(bucket.Key, left));
    }

    /// <summary>What an event merges into; nothing where its meter adds.</summary>
    private static Dictionary<Bucket, Aggregate> Of(DeviceBook book, in UsageRecord record)
    {
        var found = new Dictionary<Bucket, Aggregate>();
        var meter = book.Meters[record.Meter];
        if (meter.Kind == AggregationKind.Sum)
        {
            return found;
        }
        var terms = book.Terms[record.Terms];
        var time = Instant.FromUnixTimeTicks(record.Time);
        var (quantity, dimensions, _) = meter.Measure(record.Value, record.Unit, record.Dimensions);
        var contributions = new List<Contribution>();
        if (terms.Plan.Contribute(meter.Definition.Id, time, quantity, dimensions, terms.Zone, contributions) is { } reason)
        {
            throw new InvalidOperationException($"Usage '{record.EventId}' was rated, and now is not: {reason}.");
        }
        var distinct = meter.Definition.UniqueOf is { } counted ? UsageChecks.Find(dimensions, counted) : null;
        found[new(record.Terms, record.UsagePeriod, record.Device, new(-1, meter.Index))] =
            Aggregate.Of(meter.Kind, quantity, time, distinct);
        foreach (var c in contributions)
        {
            if (c.Aggregate is { } aggregate)
            {
                found[new(record.Terms, record.UsagePeriod, c.PerDevice ? record.Device : -1, c.Key)] = aggregate;
            }
        }
        return found;
    }

    /// <param name="Device">−1 where the devices of the partition are merged together.</param>
    /// <param name="Key">A price bucket; or, with charge −1, a meter by its number.</param>
    internal readonly record struct Bucket(int Terms, int UsagePeriod, int Device, BucketKey Key);
}
