using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Levels that hold until they change. What a level comes to in a period is counted to the period's end as soon as the period has
/// begun, as if it stayed: no event is needed for it. A record, a move, a state or a change of plan then changes that by the difference.
/// </summary>
internal sealed partial class DeviceBook
{
    private readonly Dictionary<TermsEntry, CarriedLevels> _carried = [];

    /// <summary>Counts the levels of every period of a tenant that has begun by an instant; before the tenant is sealed.</summary>
    private void CarryLevels(TenantCopy tenant, long ahead)
    {
        foreach (var (first, carried) in _carried)
        {
            if (first.Tenant == tenant && carried.EndTicks <= ahead)
            {
                Carry(first, carried, first.Calendar.IndexAt(Instant.FromUnixTimeTicks(ahead)));
            }
        }
    }

    private string? Arrive(
        DeviceState device, SliceTotals slice, MeterEntry meter, Instant time, KeyValuePair<string, string>[]? dimensions, int sign = 1)
    {
        _contributions.Clear();
        var reason = slice.Terms.Plan.Arrive(meter.Definition.Id, time, dimensions ?? NoDimensions, slice.Terms.Zone, _contributions);
        _change.Quantities.Add(new(slice, 0m, sign));
        foreach (var c in _contributions)
        {
            reason ??= PlaceContribution(device, slice, c, sign, events: sign);
        }
        return reason;
    }

    private string? PlaceLasting(
        DeviceState device, MeterEntry meter, TermsEntry terms, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions) =>
        meter.Definition.Session is { } session
            ? PlaceSession(
                device, meter, UsageChecks.Find(dimensions, session.Id)!, SessionReading.Of(session, time, quantity, dimensions))
            : PlaceLevel(device, meter, terms, LevelRecord.Of(meter.Definition, time, quantity, dimensions));

    /// <summary>Decides a record of a level; nothing of the level itself is changed yet.</summary>
    /// <returns>Why it cannot be placed; null when it is.</returns>
    private string? PlaceLevel(DeviceState device, MeterEntry meter, TermsEntry terms, in LevelRecord level)
    {
        var (from, to) = Bounds(meter, terms, level.Time);
        var set = device.LevelsOf(meter);
        var key = LevelSeries.KeyOf(level.Dimensions, from);
        var series = set?.Find(key);
        if (series is null && set?.IsFull == true)
        {
            return UsageReasons.UniqueLimit;
        }
        series ??= new(level.Dimensions, from, to, new(meter.Definition.Source));
        var ownEnd = PeriodEnd(terms.First, level.Time);
        var sums = new StretchSums();
        try
        {
            foreach (var change in series.History.Changes(level.Time, level.Value))
            {
                var until = Math.Min(change.To.ToUnixTimeTicks(), to);
                foreach (var stay in Stay.Of(device, change.From.ToUnixTimeTicks(), until, Horizon))
                {
                    sums.AddLevel(meter, stay, change.Delta, level.Dimensions);
                }
            }
            if (!_isReplaying && !HasRoom(meter, terms, series, level))
            {
                return RatingReasons.Inexact;
            }
            _change.Level = (series, level.Time, level.Value);
            foreach (var (slice, quantity) in Quantities(sums, meter.Index))
            {
                _change.Quantities.Add(new(slice, quantity, 0));
            }
            return Place(device, sums);
        }
        catch (InexactAmountException)
        {
            return RatingReasons.Inexact;
        }

        // What the record counts through is counted of every other level, too, when it is committed.
        long Horizon(TermsEntry first) => first == terms.First ? Math.Max(CountedTo(first), ownEnd) : CountedTo(first);
    }

    /// <summary>
    /// Whether a whole period of the level can be rated, beside what is there: the next period takes it without an event that could be
    /// refused, and what cannot be added would keep the partition from being sealed.
    /// </summary>
    private bool HasRoom(MeterEntry meter, TermsEntry terms, LevelSeries series, in LevelRecord level)
    {
        if (!meter.Definition.Integrates)
        {
            return true;
        }
        var period = terms.Calendar.PeriodAt(level.Time);
        var highest = ExactMath.Add(series.History.Last, Math.Abs(level.Value));
        _contributions.Clear();
        terms.Plan.Spread(
            meter.Definition.Id, UsageStretch.OfLevel(period.Start, period.End, highest), level.Dimensions, terms.Zone, _contributions);
        var slice = terms.Slice(period.Index, period.Index);
        return _contributions.TrueForAll(c => terms.Plan.CanRate(
            c.Key, slice.Total(c.Key).Add(new BucketTotal(c.Aggregate?.Quantity ?? c.Quantity, c.Amount, 1))));
    }

    /// <summary>The level that a record set, until the next record of the same level; nothing when it is 0.</summary>
    public static IEnumerable<LevelChange> LevelFrom(DeviceState device, MeterEntry meter, TermsEntry terms, LevelRecord record)
    {
        var (from, to) = Bounds(meter, terms, record.Time);
        var until = to == long.MaxValue ? Instant.MaxValue : Instant.FromUnixTimeTicks(to);
        return device.LevelsOf(meter)?.Find(LevelSeries.KeyOf(record.Dimensions, from))?.History.Levels(record.Time, until).Take(1)
            .Where(l => l.From == record.Time) ?? [];
    }

    /// <summary>Stores the level of the record that is committed.</summary>
    private void CommitLevel(DeviceState device, MeterEntry meter, LevelSeries series, Instant time, decimal value)
    {
        var set = CountedSet(device, meter, time);
        if (set.Find(series.Key) is null)
        {
            set.Add(series);
        }
        series.History.Insert(time, value);
    }

    /// <summary>The levels of a device and meter, each counted through the period of an instant.</summary>
    private LevelSet CountedSet(DeviceState device, MeterEntry meter, Instant time)
    {
        var set = device.LevelsOf(meter);
        if (set is null)
        {
            device.AddLevels(set = new(meter));
            Follow(device);
        }
        if (device.AssignedAt(time.ToUnixTimeTicks()) is { } first && _carried[first] is var carried
            && first.Calendar.IndexAt(time) is var period && period > carried.Through)
        {
            Carry(first, carried, period);
        }
        return set;
    }

    /// <summary>Makes a change to a device and adds what it changes in its levels and sessions.</summary>
    private void ChangeLasting(DeviceState device, long from, Action change)
    {
        if (device.Levels.Count == 0 && device.Sessions.Count == 0)
        {
            change();
            return;
        }
        var sums = new StretchSums();
        AddLevels(sums, device, from, long.MaxValue, -1);
        AddSessions(sums, device, from, -1);
        change();
        if (device.Levels.Count > 0)
        {
            Follow(device);
        }
        AddLevels(sums, device, from, long.MaxValue, 1);
        AddSessions(sums, device, from, 1);
        Add(device, sums);
    }

    /// <summary>Makes a change to the plans of a subscription and adds what it changes in the levels and sessions of its devices.</summary>
    private void ChangeLasting(TermsEntry first, Instant? from, Action change)
    {
        if (from is not { } start)
        {
            change();
            return;
        }
        var all = _devices.Where(d => d.Levels.Count + d.Sessions.Count > 0 && d.Assignments.Any(a => a.Terms == first))
            .Select(device => (Device: device, Sums: new StretchSums())).ToList();
        all.ForEach(d => AddAll(d.Sums, d.Device, -1));
        change();
        all.ForEach(d => AddAll(d.Sums, d.Device, 1));
        all.ForEach(d => Add(d.Device, d.Sums));

        void AddAll(StretchSums sums, DeviceState device, int sign)
        {
            // The instant before too: where the subscription ends, a level counts once for its last instant.
            AddLevels(sums, device, start.ToUnixTimeTicks() - 1, long.MaxValue, sign);
            AddSessions(sums, device, start.ToUnixTimeTicks(), sign);
        }
    }

    private void Carry(TermsEntry first, CarriedLevels carried, int through)
    {
        var (from, to) = (carried.EndTicks, first.Calendar.Period(through).End.ToUnixTimeTicks());
        carried.CountedThrough(through, to);
        foreach (var device in carried.Devices)
        {
            var sums = new StretchSums();
            AddLevels(sums, device, from, to, 1, first);
            Add(device, sums);
        }
    }

    /// <summary>Adds what a device's levels come to in a time, as far as it is counted.</summary>
    private void AddLevels(StretchSums sums, DeviceState device, long from, long to, int sign, TermsEntry? only = null)
    {
        foreach (var set in device.Levels)
        {
            foreach (var series in set.Series)
            {
                AddLevels(sums, device, set.Meter, series, (from, to), sign, Horizon);
            }
        }

        long Horizon(TermsEntry first) => only is null || only == first ? CountedTo(first) : long.MinValue;
    }

    /// <summary>Adds what one level comes to in a time, as far as each subscription's horizon.</summary>
    private static void AddLevels(
        StretchSums sums, DeviceState device, MeterEntry meter, LevelSeries series, (long From, long To) time, int sign, Func<TermsEntry, long> horizon)
    {
        var (start, end) = (Math.Max(time.From, series.FromTicks), Math.Min(time.To, series.ToTicks));
        foreach (var level in start < end ? series.History.Levels(At(start), At(end)) : [])
        {
            foreach (var stay in Stay.Of(device, level.From.ToUnixTimeTicks(), level.To.ToUnixTimeTicks(), horizon))
            {
                sums.AddLevel(meter, stay, sign * level.Delta, series.Dimensions);
            }
        }

        static Instant At(long ticks) => ticks == long.MaxValue ? Instant.MaxValue : Instant.FromUnixTimeTicks(ticks);
    }

    /// <summary>Sees to it that every subscription of a device with levels has its periods counted.</summary>
    private void Follow(DeviceState device)
    {
        foreach (var first in device.Assignments.Select(a => a.Terms).OfType<TermsEntry>().Distinct())
        {
            if (!_carried.TryGetValue(first, out var carried))
            {
                carried = _carried[first] = new();
                var through = CountedPeriod(first);
                carried.CountedThrough(through, first.Calendar.Period(through).End.ToUnixTimeTicks());
            }
            if (!carried.Devices.Contains(device))
            {
                carried.Devices.Add(device);
            }
        }
    }

    private long CountedTo(TermsEntry first) => _carried.TryGetValue(first, out var carried)
        ? carried.EndTicks
        : first.Calendar.Period(CountedPeriod(first)).End.ToUnixTimeTicks();

    /// <summary>The newest period that had begun at the newest seal.</summary>
    private static int CountedPeriod(TermsEntry first)
    {
        var ahead = Instant.FromUnixTimeTicks(Ahead(first.Tenant.SealedThrough + first.Tenant.Grace));
        return ahead < first.Start ? first.Calendar.IndexAt(first.Start) - 1 : first.Calendar.IndexAt(ahead);
    }

    private static long PeriodEnd(TermsEntry first, Instant time)
    {
        first.PeriodAt(time.ToUnixTimeTicks(), out var end);
        return end;
    }

    /// <summary>The level that a record is of; null when there is none yet.</summary>
    public static LevelSeries? SeriesOf(DeviceState device, MeterEntry meter, TermsEntry terms, in LevelRecord record) =>
        device.LevelsOf(meter)?.Find(LevelSeries.KeyOf(record.Dimensions, Bounds(meter, terms, record.Time).From));

    private static (long From, long To) Bounds(MeterEntry meter, TermsEntry terms, Instant time)
    {
        if (meter.Definition.Carries)
        {
            return (long.MinValue, long.MaxValue);
        }
        var period = terms.Calendar.PeriodAt(time);
        return (period.Start.ToUnixTimeTicks(), period.End.ToUnixTimeTicks());
    }

    /// <summary>Places what usage that lasts changes; the reason when it cannot be.</summary>
    private string? Place(DeviceState device, StretchSums sums)
    {
        string? reason = null;
        foreach (var (terms, period, key, sum) in sums.Changes.Where(c => c.Key.Charge >= 0))
        {
            var slice = SliceOf(terms, period);
            reason ??= PlaceContribution(
                device, slice,
                sum.PerDevice
                    ? new(key, 0m, 0m, null, sum.Added, Aggregate.Of(AggregationKind.Sum, sum.Total.Quantity, default, null), true)
                    : new(key, sum.Total.Quantity, sum.Total.Amount, sum.Charge, sum.Added),
                sign: 1, events: 0);
        }
        return reason;
    }

    private static IEnumerable<(SliceTotals Slice, decimal Quantity)> Quantities(StretchSums sums, int meter) =>
        sums.Changes.Where(c => c.Key == DeviceBucket.OfMeter(0, 0, meter).Key)
            .Select(c => (SliceOf(c.Terms, c.Period), c.Sum.Total.Quantity));

    /// <summary>Where usage of a period is billed now.</summary>
    private static SliceTotals SliceOf(TermsEntry terms, int period) =>
        terms.Slice(period, terms.BilledPeriod(terms.Calendar.Period(period).Start.ToUnixTimeTicks(), out _));

    /// <summary>Adds what no event of its own adds, at once.</summary>
    private void Add(DeviceState device, StretchSums sums)
    {
        (_change, _spareChange) = (_spareChange, _change);
        _change.Clear();
        if (Place(device, sums) is { } reason)
        {
            throw new InvalidOperationException($"Levels of device '{device.Id}' cannot be placed: {reason}.");
        }
        foreach (var meter in device.Levels.Select(set => set.Meter).Concat(device.Sessions.Select(set => set.Meter)))
        {
            foreach (var (slice, quantity) in Quantities(sums, meter.Index))
            {
                device.Count(slice.Terms.Index, slice.UsagePeriod, meter.Index, quantity, 0, 0);
            }
        }
        CommitContributions(device);
        (_change, _spareChange) = (_spareChange, _change);
    }
}
