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
    private readonly Dictionary<(int Device, int Terms, int Usage), List<(int Billed, BucketKey Key, decimal Days)>> _days = [];

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

    /// <summary>Days that a device is there, of a plan whose devices have quantities of their own.</summary>
    public void AddDays(int device, (int Terms, int Usage, int Billed) slice, BucketKey key, decimal days)
    {
        var place = (device, slice.Terms, slice.Usage);
        var billed = _days.TryGetValue(place, out var known) ? known : _days[place] = [];
        billed.Add((slice.Billed, key, days));
    }

    /// <summary>
    /// Adds what devices' own quantities cover: of all that was known of a device up to one billed period, less that up to the one before.
    /// </summary>
    /// <param name="periodDays">Days of a usage period of terms.</param>
    public void AddCovers(
        Dictionary<(int Terms, int Usage, int Billed), Dictionary<BucketKey, BucketTotal>> totals, Func<int, CompiledPlan> plan,
        Func<int, int, int> periodDays)
    {
        foreach (var device in _devices.GroupBy(d => (d.Key.Device, d.Key.Terms, d.Key.Usage)))
        {
            var (_, terms, usage) = device.Key;
            var days = _days.GetValueOrDefault(device.Key, []);
            foreach (var cover in plan(terms).Covers)
            {
                IReadOnlyDictionary<BucketKey, decimal> before = new Dictionary<BucketKey, decimal>();
                var used = device.Where(d => d.Key.Key.Charge == cover.Charge).ToArray();
                foreach (var billed in used.SelectMany(d => d.Value.Keys).Concat(days.Select(d => d.Billed)).Distinct().Order())
                {
                    var after = cover.Of(
                        UpTo(plan(terms), used.Select(d => (d.Key.Key, d.Value)), billed),
                        key => days.Where(d => d.Billed <= billed && d.Key == key).Sum(d => d.Days), periodDays(terms, usage));
                    AddChange(totals[(terms, usage, billed)], before, after);
                    before = after;
                }
            }
        }
    }

    private static Dictionary<BucketKey, decimal> UpTo(
        CompiledPlan plan, IEnumerable<(BucketKey Key, SortedDictionary<int, Aggregate> Billed)> used, int billed)
    {
        var sums = new Dictionary<BucketKey, decimal>();
        foreach (var (key, aggregates) in used)
        {
            if (aggregates.Where(a => a.Key <= billed).Select(a => a.Value).ToArray() is { Length: > 0 } known)
            {
                sums[key] = plan.QuantityOf(key.Charge, known.Aggregate((sum, next) => sum.Merge(next))).Counted;
            }
        }
        return sums;
    }

    /// <summary>What the usage of single devices merges to, by device and bucket.</summary>
    public IEnumerable<(int Device, BucketKey Key, Aggregate Aggregate)> Devices() => _devices
        .OrderBy(d => (d.Key.Device, d.Key.Key.Charge, d.Key.Key.Bucket))
        .Select(d => (d.Key.Device, d.Key.Key, d.Value.Values.Aggregate((all, some) => all.Merge(some))));

    private static void AddChange(
        Dictionary<BucketKey, BucketTotal> slice, IReadOnlyDictionary<BucketKey, decimal> before,
        IReadOnlyDictionary<BucketKey, decimal> after)
    {
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var change = after.GetValueOrDefault(key) - before.GetValueOrDefault(key);
            slice[key] = slice.GetValueOrDefault(key).Add(new BucketTotal(change, 0m, 0));
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
