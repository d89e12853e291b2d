using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>A slice of a plan that also merges usage: the buckets hold the events, beside them is what they merge
/// to.</summary>
internal sealed class MergingSlice(TermsEntry terms, int usagePeriod, int billedPeriod, SliceTotals? before)
    : SliceTotals(terms, usagePeriod, billedPeriod, before)
{
    private readonly SortedDictionary<(int Charge, int Bucket), Aggregate> _aggregates = [];

    /// <summary>In order of their keys.</summary>
    public IEnumerable<KeyValuePair<(int Charge, int Bucket), Aggregate>> Aggregates => _aggregates;

    public Aggregate? Aggregate(BucketKey key) => _aggregates.GetValueOrDefault((key.Charge, key.Bucket));

    public void Merge(BucketKey key, Aggregate change) =>
        _aggregates[(key.Charge, key.Bucket)] = Aggregate(key)?.Merge(change) ?? change;

    protected override SliceAggregate[]? TellAggregates() => _aggregates.Count == 0
        ? null
        : [.. _aggregates.Select(a => SliceAggregates.Tell(new(a.Key.Charge, a.Key.Bucket), a.Value))];
}
