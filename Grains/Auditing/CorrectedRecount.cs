using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// The part of a recount that merges, in usage periods in which usage was corrected: every event with the invoices that had it. What
/// an invoice says is merged from those that count on it; nothing is ever taken back from an aggregate.
/// </summary>
internal sealed class CorrectedRecount
{
    private readonly Dictionary<(int Device, int Terms, int Usage, BucketKey Key), List<Part>> _parts = [];
    private readonly HashSet<(int Terms, int Usage, int Billed, BucketKey Key)> _replaced = [];

    /// <param name="sign">−1 takes the newest version of the event back.</param>
    public void Add(
        int device, (int Terms, int Usage, int Billed) slice, in Contribution contribution, int sign, string id, bool byCorrection)
    {
        var key = (contribution.PerDevice ? device : -1, slice.Terms, slice.Usage, contribution.Key);
        var parts = _parts.TryGetValue(key, out var known) ? known : _parts[key] = [];
        if (sign < 0)
        {
            var last = parts.FindLastIndex(p => (p.Device, p.Id) == (device, id));
            parts[last] = parts[last] with { Until = slice.Billed };
        }
        else
        {
            parts.Add(new(device, id, slice.Billed, int.MaxValue, contribution.Aggregate!));
        }
        if (byCorrection && !contribution.PerDevice && slice.Billed > slice.Usage)
        {
            _replaced.Add((slice.Terms, slice.Usage, slice.Billed, contribution.Key));
        }
    }

    /// <summary>What a slice merges; null when nothing is.</summary>
    public SliceAggregate[]? Of((int Terms, int Usage, int Billed) slice)
    {
        var told = new List<SliceAggregate>();
        foreach (var ((device, terms, usage, key), parts) in _parts)
        {
            if (device >= 0 || (terms, usage) != (slice.Terms, slice.Usage))
            {
                continue;
            }
            var replaces = _replaced.Contains((terms, usage, slice.Billed, key));
            var merged = Merge(parts.Where(p =>
                p.Until > slice.Billed && (replaces ? p.From <= slice.Billed : p.From == slice.Billed)));
            if (merged is not null)
            {
                told.Add(SliceAggregates.Tell(key, merged) with { Replaces = replaces });
            }
            else if (replaces)
            {
                told.Add(SliceAggregates.TellNothing(key));
            }
        }
        return told.Count == 0 ? null : [.. told];
    }

    /// <summary>What each device came to on the invoice before and on one that changed it.</summary>
    public IEnumerable<((int Terms, int Usage, int Billed) Slice, BucketKey Key, Aggregate? Before, Aggregate? After)> OfDevices()
    {
        foreach (var ((device, terms, usage, key), parts) in _parts)
        {
            if (device < 0)
            {
                continue;
            }
            Aggregate? before = null;
            foreach (var billed in parts.SelectMany(p => new[] { p.From, p.Until }).Where(b => b < int.MaxValue).Distinct().Order())
            {
                var after = Merge(parts.Where(p => p.From <= billed && p.Until > billed));
                yield return ((terms, usage, billed), key, before, after);
                before = after;
            }
        }
    }

    private static Aggregate? Merge(IEnumerable<Part> parts)
    {
        Aggregate? merged = null;
        foreach (var part in parts)
        {
            merged = merged?.Merge(part.Aggregate) ?? part.Aggregate;
        }
        return merged;
    }

    /// <param name="From">Period whose invoice has it first.</param>
    /// <param name="Until">Period whose invoice takes it back; the largest number for none.</param>
    private readonly record struct Part(int Device, string Id, int From, int Until, Aggregate Aggregate);
}
