using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// The part of a recount that merges. Live slices get what a device's quantity changes by, event by event; here a device's
/// usage is collected first, and its quantities up to one billed period and up to the one before it are subtracted.
/// </summary>
/// <param name="corrected">Usage periods in which usage was corrected; null for none. What cannot be taken back is collected there
/// event by event.</param>
internal sealed class MergedRecount(IReadOnlySet<(int Terms, int Usage)>? corrected = null)
{
    private readonly CorrectedRecount _corrected = new();
    private readonly Dictionary<(int Terms, int Usage, int Billed), Dictionary<BucketKey, Aggregate>> _shared = [];
    private readonly Dictionary<(int Device, int Terms, int Usage, BucketKey Key), SortedDictionary<int, Aggregate>> _devices = [];

    /// <param name="id">The event's.</param>
    /// <param name="byCorrection">Whether a correction puts it there, or takes it back.</param>
    public void Add(
        int device, (int Terms, int Usage, int Billed) slice, in Contribution contribution, int sign, string id = "",
        bool byCorrection = false)
    {
        if (contribution.Aggregate is not { } aggregate)
        {
            return;
        }
        if (aggregate.Kind != AggregationKind.Sum && corrected?.Contains((slice.Terms, slice.Usage)) == true)
        {
            _corrected.Add(device, slice, contribution, sign, id, byCorrection);
            return;
        }
        aggregate = sign < 0 ? aggregate.Negated() : aggregate;
        if (contribution.PerDevice)
        {
            var place = (device, slice.Terms, slice.Usage, contribution.Key);
            Merge(_devices.TryGetValue(place, out var billed) ? billed : _devices[place] = [], slice.Billed, aggregate);
        }
        else
        {
            Merge(_shared.TryGetValue(slice, out var keys) ? keys : _shared[slice] = [], contribution.Key, aggregate);
        }
    }

    /// <summary>What a slice merges; null when nothing is.</summary>
    public SliceAggregate[]? Of((int Terms, int Usage, int Billed) slice) => _shared.TryGetValue(slice, out var keys)
        ? [.. keys.Select(k => SliceAggregates.Tell(k.Key, k.Value))]
        : _corrected.Of(slice);

    /// <summary>Adds what devices come to by themselves.</summary>
    public void AddDevices(
        Dictionary<(int Terms, int Usage, int Billed), Dictionary<BucketKey, BucketTotal>> totals, Func<int, CompiledPlan> plan)
    {
        foreach (var ((_, number, usage, key), billed) in _devices)
        {
            Aggregate? upTo = null;
            foreach (var (period, aggregate) in billed)
            {
                var before = upTo;
                upTo = upTo?.Merge(aggregate) ?? aggregate;
                AddChange(totals[(number, usage, period)], plan(number), key, before, upTo);
            }
        }
        foreach (var (slice, key, before, after) in _corrected.OfDevices())
        {
            AddChange(totals[slice], plan(slice.Terms), key, before, after);
        }
    }

    private static void AddChange(
        Dictionary<BucketKey, BucketTotal> slice, CompiledPlan plan, BucketKey key, Aggregate? then, Aggregate? now)
    {
        var before = plan.QuantityOf(key.Charge, then);
        var after = plan.QuantityOf(key.Charge, now);
        slice[key] = slice[key].Add(new BucketTotal(after.Counted - before.Counted, 0m, 0));
        if (after.Added != before.Added)
        {
            var companion = plan.CompanionOf(key, Companion.Devices);
            slice[companion] = slice.GetValueOrDefault(companion).Add(new BucketTotal(after.Added - before.Added, 0m, 0));
        }
    }

    public static string Text(SliceAggregate told) => FormattableString.Invariant(
        $"charge {told.Charge}/{told.Bucket}: {(told.Replaces ? "instead " : "")}{Tell(SliceAggregates.Hear(told))}");

    private static string Tell(Aggregate? a) => a is null ? "nothing" : a.Distinct is { } distinct
        ? $"unique {string.Join(',', distinct)}"
        : FormattableString.Invariant($"{a.Kind} {a.Value} at {a.Time}");

    private static void Merge<TKey>(IDictionary<TKey, Aggregate> all, TKey key, Aggregate change) =>
        all[key] = all.TryGetValue(key, out var known) ? known.Merge(change) : change;
}
