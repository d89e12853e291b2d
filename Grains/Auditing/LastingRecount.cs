using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// What levels and sessions come to, again from the raw facts alone. Live ones are changed by differences, record by record; here all
/// records of a device are collected, and before a seal passes the end of a period the whole is worked out anew and compared with what it
/// was before.
/// </summary>
/// <param name="add">Takes what changed of a device, to be billed by the seal as it stands.</param>
internal sealed partial class LastingRecount(
    TermsEntry[] terms, IReadOnlyList<MeterEntry> meters, Action<int, TermsEntry, int, Contribution> add)
{
    private readonly ILookup<string, TermsEntry> _terms = terms.ToLookup(t => t.Id, StringComparer.Ordinal);
    private readonly Dictionary<TermsEntry, (Instant From, Instant To)> _extents = [];
    private readonly Dictionary<string, (List<(Instant From, string? Subscription)> Assignments, List<(Instant From, LifecycleState State)> States)> _lives =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, Levels> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _newestPeriod = new(StringComparer.Ordinal);
    private Instant _begun = Instant.MinValue;

    public void ReadTerms(string subscription, Instant start, Instant? end) =>
        _extents[_terms[subscription].First(t => t.Number == 0)] = (start, end ?? Instant.MaxValue);

    public void Read(TimelineLearned fact)
    {
        foreach (var entry in _terms[fact.Subscription])
        {
            var at = Array.FindIndex(fact.Timeline.Segments, s => s.Number == entry.Number);
            _extents[entry] = at < 0
                ? (Instant.MinValue, Instant.MinValue)
                : (fact.Timeline.Segments[at].From, fact.Timeline.EndOf(at) ?? Instant.MaxValue);
        }
    }

    public void Read(DeviceAssigned fact) => Life(fact.Device).Assignments.Add((fact.From, fact.Subscription));

    /// <param name="states">All of the device's, oldest first.</param>
    public void Read(string device, List<(Instant From, LifecycleState State)> states) =>
        _lives[device] = (Life(device).Assignments, states);

    public void Read(
        string device, int number, MeterEntry meter, TermsEntry taker, Instant time, decimal quantity,
        KeyValuePair<string, string>[] dimensions)
    {
        var levels = _devices.TryGetValue(device, out var known) ? known : _devices[device] = new(number);
        if (meter.Definition.Session is { } rule)
        {
            ReadSession(levels, meter, rule, time, quantity, dimensions);
            return;
        }
        var period = taker.Calendar.IndexAt(time);
        _newestPeriod[taker.Id] = Math.Max(_newestPeriod.GetValueOrDefault(taker.Id, int.MinValue), period);
        var (key, value, rest) = SeriesOf(meter, taker, time, quantity, dimensions);
        var series = levels.Series.TryGetValue(key, out var all) ? all : levels.Series[key] =
            new(rest, meter.Definition.Carries ? Instant.MaxValue : taker.Calendar.Period(period).End, []);
        series.Values.Add((time, value));
    }

    private static ((int Meter, Instant Start, string Dimensions) Key, decimal Value, KeyValuePair<string, string>[] Others) SeriesOf(
        MeterEntry meter, TermsEntry taker, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        var removes = dimensions.Any(d => d.Key == meter.Definition.Operation && d.Value == LevelRecord.Remove);
        var value = meter.Definition.UniqueOf is not null ? (removes ? 0m : 1m) : removes ? -quantity : quantity;
        var rest = dimensions.Where(d => d.Key != meter.Definition.Operation).OrderBy(d => d.Key, StringComparer.Ordinal).ToArray();
        var start = meter.Definition.Carries ? Instant.MinValue : taker.Calendar.PeriodAt(time).Start;
        return ((meter.Index, start, string.Join('\n', rest.Select(d => d.Key + '\t' + d.Value))), value, rest);
    }

    /// <summary>Takes notice of a seal that is coming.</summary>
    public void Seal(Instant now, Instant before, Instant after)
    {
        _begun = Instant.Max(_begun, now + DeviceBook.FutureLimit);
        if (_devices.Count > 0 && (before == Instant.MinValue || terms.Any(t => t.Calendar.IndexAt(before) != t.Calendar.IndexAt(after))))
        {
            Flush();
        }
    }

    /// <summary>Takes back a record that was read before.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(
        string device, MeterEntry meter, TermsEntry taker, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        if (!_devices.TryGetValue(device, out var levels))
        {
            return false;
        }
        if (meter.Definition.Session is { } rule)
        {
            return RemoveSession(levels, meter, rule, time, quantity, dimensions);
        }
        var (key, value, _) = SeriesOf(meter, taker, time, quantity, dimensions);
        return levels.Series.TryGetValue(key, out var series) && series.Values.Remove((time, value));
    }

    /// <summary>Adds what changed since the last time.</summary>
    /// <param name="only">Only of this device; null for all.</param>
    public void Flush(string? only = null)
    {
        foreach (var (device, levels) in _devices.Where(d => only is null || d.Key == only))
        {
            var now = new Dictionary<(TermsEntry Terms, int Period, BucketKey Key), Sum>();
            foreach (var ((meter, _, _), series) in levels.Series)
            {
                foreach (var (from, to, level) in Steps(meters[meter].Definition, series))
                {
                    Count(device, meters[meter].Definition, series.Dimensions, from, to, level, now);
                }
            }
            CountSessions(device, levels, now);
            foreach (var place in now.Keys.Union(levels.Counted.Keys).ToArray())
            {
                var (then, sum) = (levels.Counted.GetValueOrDefault(place), now.GetValueOrDefault(place));
                var change = sum.Total.Subtract(then.Total);
                var added = sum.Added - then.Added;
                if (change != BucketTotal.Zero || added != 0m)
                {
                    add(levels.Device, place.Terms, place.Period, sum.PerDevice || then.PerDevice
                        ? new(place.Key, 0m, 0m, null, added, Aggregate.Of(AggregationKind.Sum, change.Quantity, default, null), true)
                        : new(place.Key, change.Quantity, change.Amount, null, added));
                }
            }
            levels.Counted = now;
        }
    }

    /// <summary>The level between any two records, from the whole list.</summary>
    private static IEnumerable<(Instant From, Instant To, decimal Level)> Steps(MeterDefinition meter, Series series)
    {
        var times = series.Values.Select(v => v.Time).Distinct().Order().ToArray();
        var sum = 0m;
        for (var i = 0; i < times.Length; i++)
        {
            var values = series.Values.Where(v => v.Time == times[i]).Select(v => v.Value);
            sum = ExactMath.Add(sum, values.Sum());
            var level = meter.Source switch
            {
                LevelSource.Change => Math.Max(0m, sum),
                LevelSource.Member => values.Min(),
                _ => values.Max(),
            };
            yield return (times[i], i + 1 < times.Length ? times[i + 1] : series.To, level);
        }
    }

    private void Count(
        string device, MeterDefinition meter, KeyValuePair<string, string>[] dimensions, Instant from, Instant to, decimal level,
        Dictionary<(TermsEntry Terms, int Period, BucketKey Key), Sum> into)
    {
        foreach (var (entry, start, end) in Stays(Life(device), from, to, begunOnly: true))
        {
            Count(meter, entry, dimensions, start, end, level, into);
        }
    }

    /// <summary>A time cut wherever something may change, with the plan segment that the device's usage belongs to.</summary>
    private IEnumerable<(TermsEntry Entry, Instant From, Instant To)> Stays(
        (List<(Instant From, string? Subscription)> Assignments, List<(Instant From, LifecycleState State)> States) life, Instant from, Instant to,
        bool begunOnly)
    {
        foreach (var entry in life.Assignments.Select(a => a.Subscription).OfType<string>().Distinct().SelectMany(s => _terms[s]))
        {
            var (start, end) = _extents.GetValueOrDefault(entry, (Instant.MaxValue, Instant.MinValue));
            if (start >= end)
            {
                continue;
            }
            var last = begunOnly ? Instant.Min(to, entry.Calendar.Period(Through(entry)).End) : to;
            Instant[] cuts =
            [
                .. Cuts(life.Assignments.Select(a => a.From).Concat(life.States.Select(s => s.From)), entry, start, last)
                    .Append(end).Append(from).Append(last).Where(t => t >= from && t <= last && t >= start && t <= end).Distinct().Order(),
            ];
            for (var i = 0; i + 1 < cuts.Length; i++)
            {
                var state = life.States.Where(s => s.From <= cuts[i]).Select(s => s.State).LastOrDefault(LifecycleState.Active);
                if (life.Assignments.LastOrDefault(a => a.From <= cuts[i]).Subscription == entry.Id && entry.Plan.Definition.Bills(state))
                {
                    yield return (entry, cuts[i], cuts[i + 1]);
                }
            }
        }
    }

    private void Count(
        MeterDefinition meter, TermsEntry entry, KeyValuePair<string, string>[] dimensions, Instant from, Instant to, decimal level,
        Dictionary<(TermsEntry Terms, int Period, BucketKey Key), Sum> into)
    {
        var period = entry.Calendar.PeriodAt(from);
        var last = to - Duration.FromTicks(1);
        var stretch = meter.Integrates ? UsageStretch.OfLevel(from, to, level) : new(last, last, level);
        if (!meter.Integrates && to != period.End && to != _terms[entry.Id].Max(e => _extents.GetValueOrDefault(e).To))
        {
            return;
        }
        var contributions = new List<Contribution>();
        entry.Plan.Spread(meter.Id, stretch, dimensions, entry.Zone, contributions);
        foreach (var c in contributions)
        {
            Count(entry, period.Index, c, into);
        }
    }

    private static void Count(
        TermsEntry entry, int period, in Contribution c, Dictionary<(TermsEntry Terms, int Period, BucketKey Key), Sum> into)
    {
        var place = (entry, period, c.Key);
        var sum = into.GetValueOrDefault(place);
        into[place] = new(
            sum.Total.Add(new BucketTotal(c.Aggregate?.Quantity ?? c.Quantity, c.Amount, 0)), sum.Added + c.Added, c.PerDevice);
    }

    /// <summary>The newest period whose levels are counted.</summary>
    private int Through(TermsEntry entry)
    {
        var start = _terms[entry.Id].Min(e => _extents.TryGetValue(e, out var extent) && extent.From > Instant.MinValue ? extent.From : Instant.MaxValue);
        var begun = _begun < start ? entry.Calendar.IndexAt(start) - 1 : entry.Calendar.IndexAt(_begun);
        return Math.Max(begun, _newestPeriod.GetValueOrDefault(entry.Id, int.MinValue));
    }

    /// <summary>Instants at which who has the device, its state, the plan or the period may change.</summary>
    private static IEnumerable<Instant> Cuts(IEnumerable<Instant> changes, TermsEntry entry, Instant start, Instant begun)
    {
        foreach (var change in changes)
        {
            yield return change;
        }
        yield return start;
        for (var period = entry.Calendar.PeriodAt(start); period.Start <= begun; period = entry.Calendar.Period(period.Index + 1))
        {
            yield return period.Start;
        }
    }

    private (List<(Instant From, string? Subscription)> Assignments, List<(Instant From, LifecycleState State)> States) Life(string device) =>
        _lives.TryGetValue(device, out var life) ? life : _lives[device] = ([], []);

    private sealed class Levels(int device)
    {
        public int Device { get; } = device;

        public Dictionary<(int Meter, Instant Start, string Dimensions), Series> Series { get; } = [];

        public Dictionary<(int Meter, string Id), List<SessionReading>> Sessions { get; } = [];

        public Dictionary<(TermsEntry Terms, int Period, BucketKey Key), Sum> Counted { get; set; } = [];
    }

    private sealed record Series(KeyValuePair<string, string>[] Dimensions, Instant To, List<(Instant Time, decimal Value)> Values);

    private readonly record struct Sum(BucketTotal Total, decimal Added, bool PerDevice);
}
