using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>A slice of a plan that also merges usage: the buckets hold the events, beside them is what they merge
/// to.</summary>
internal sealed class MergingSlice(TermsEntry terms, int usagePeriod, int billedPeriod, SliceTotals? before)
    : SliceTotals(terms, usagePeriod, billedPeriod, before)
{
    private readonly SortedDictionary<(int Charge, int Bucket), Aggregate> _aggregates = [];

    private SortedSet<(int Charge, int Bucket)>? _replaced;

    /// <summary>Buckets whose aggregate is instead of those of earlier billed periods, in order; the others are merged with them.</summary>
    public IEnumerable<(int Charge, int Bucket)> Replaced => _replaced ?? [];

    /// <summary>In order of their keys.</summary>
    public IEnumerable<KeyValuePair<(int Charge, int Bucket), Aggregate>> Aggregates => _aggregates;

    public Aggregate? Aggregate(BucketKey key) => _aggregates.GetValueOrDefault((key.Charge, key.Bucket));

    public void Merge(BucketKey key, Aggregate change) =>
        _aggregates[(key.Charge, key.Bucket)] = Aggregate(key)?.Merge(change) ?? change;

    /// <summary>What is left after a correction.</summary>
    /// <param name="left">Of this slice alone where its period is its own; else of the usage period up to this slice. Null:
    /// nothing.</param>
    public void Replace(BucketKey key, Aggregate? left)
    {
        if (left is null)
        {
            _aggregates.Remove((key.Charge, key.Bucket));
        }
        else
        {
            _aggregates[(key.Charge, key.Bucket)] = left;
        }
        if (BilledPeriod > UsagePeriod)
        {
            (_replaced ??= []).Add((key.Charge, key.Bucket));
        }
    }

    public override void ClearUsage()
    {
        base.ClearUsage();
        _aggregates.Clear();
        _replaced = null;
    }

    protected override SliceAggregate[]? TellAggregates() => _aggregates.Count == 0 && _replaced is null
        ? null
        :
        [
            .. _aggregates.Select(a => SliceAggregates.Tell(new(a.Key.Charge, a.Key.Bucket), a.Value) with
            {
                Replaces = _replaced?.Contains(a.Key) == true,
            }),
            .. Replaced.Where(key => !_aggregates.ContainsKey(key)).Select(key => SliceAggregates.TellNothing(new(key.Charge, key.Bucket))),
        ];
}
