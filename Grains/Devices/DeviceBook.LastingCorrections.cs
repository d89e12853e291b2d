using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Corrections;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Records of levels and sessions that are taken back or changed. What the level or the session came to is taken back as a whole, and what
/// it comes to with the records that are right is placed; only what is different is left of that. See docs/adr/0021.
/// </summary>
internal sealed partial class DeviceBook
{
    private string? PlaceLastingVersions(DeviceState device, MeterEntry meter, UsageCorrected fact)
    {
        if (fact.After is { } asked && !meter.TryMeasure(
            UsageChecks.InMeterUnit(asked.Value, asked.Unit, meter), asked.Dimensions, out _, out var fault))
        {
            return fault.Code;
        }
        var reason = fact.Before is { Quarantine: null } before
            ? ArriveVersion(device, meter, before, SliceOf(before, fact.WithdrawnIn), sign: -1)
            : null;
        if (fact.After is { } after)
        {
            reason ??= ArriveVersion(device, meter, after, SliceOf(after, after.BilledPeriod), sign: 1);
        }
        var sums = new StretchSums();
        try
        {
            reason ??= meter.Definition.Session is null ? CorrectLevels(device, meter, fact, sums) : CorrectSessions(device, meter, fact, sums);
            foreach (var (slice, quantity) in Quantities(sums, meter.Index))
            {
                _change.Quantities.Add(new(slice, quantity, 0));
            }
            _change.Corrected.AddRange(sums.Changes.Where(c => c.Key.Charge >= 0).Select(c => SliceOf(c.Terms, c.Period))
                .Where(s => s.BilledPeriod > s.UsagePeriod));
            return reason ?? Place(device, sums);
        }
        catch (InexactAmountException)
        {
            return RatingReasons.Inexact;
        }
    }

    /// <summary>The record itself, as an event of its instant.</summary>
    private string? ArriveVersion(DeviceState device, MeterEntry meter, UsageVersion version, SliceTotals slice, int sign)
    {
        var reason = Arrive(device, slice, meter, version.Time, MeasureOf(meter, version).Dimensions, sign);
        if (reason is null)
        {
            _change.Quantities[^1] = _change.Quantities[^1] with { Late = version.Late ? sign : 0 };
        }
        return reason;
    }

    private string? CorrectLevels(DeviceState device, MeterEntry meter, UsageCorrected fact, StretchSums sums)
    {
        var touched = new Dictionary<(long, string), (LevelSeries Known, LevelSeries Now)>();
        if (fact.Before is { Quarantine: null } before)
        {
            var record = LevelOf(meter, before);
            var known = SeriesOf(device, meter, _terms[before.Terms], record)
                ?? throw new InvalidOperationException($"Level of '{fact.Asked.Event}' of device '{device.Id}' is gone.");
            touched[known.Key] = (known, known with
            {
                History = known.History.Replaced(record.Time, LastingLeft.Value(meter, known.History, record.Time, fact.Left ?? [])),
            });
        }
        var from = fact.Before.Time;
        if (fact.After is { } after)
        {
            var (record, terms) = (LevelOf(meter, after), _terms[after.Terms]);
            var (start, end) = Bounds(meter, terms, record.Time);
            var known = SeriesOf(device, meter, terms, record) ?? new(record.Dimensions, start, end, new(meter.Definition.Source));
            var now = touched.TryGetValue(known.Key, out var place)
                ? place.Now
                : known with { History = new(known.History.Source, known.History.Readings) };
            if (device.LevelsOf(meter) is { IsFull: true } set && set.Find(known.Key) is null)
            {
                return UsageReasons.UniqueLimit;
            }
            if (!_isReplaying && !HasRoom(meter, terms, now, record))
            {
                return RatingReasons.Inexact;
            }
            now.History.Insert(record.Time, record.Value);
            touched[known.Key] = (known, now);
            from = fact.Before.Quarantine is null ? Instant.Min(from, record.Time) : record.Time;
        }
        foreach (var (known, now) in touched.Values)
        {
            var time = (from.ToUnixTimeTicks(), long.MaxValue);
            AddLevels(sums, device, meter, known, time, -1, Horizon);
            AddLevels(sums, device, meter, now, time, 1, Horizon);
            _change.CorrectedLevels.Add(now);
        }
        return null;

        // What the record counts through is counted of every other level, too, when it is committed.
        long Horizon(TermsEntry first) => fact.After is { } a && first == _terms[a.Terms].First
            ? Math.Max(CountedTo(first), PeriodEnd(first, a.Time))
            : CountedTo(first);
    }

    private string? CorrectSessions(DeviceState device, MeterEntry meter, UsageCorrected fact, StretchSums sums)
    {
        var (rule, known) = (meter.Definition.Session!, device.SessionsOf(meter)?.Sessions);
        var touched = new Dictionary<string, SessionHistory>(StringComparer.Ordinal);
        if (fact.Before is { Quarantine: null } before)
        {
            var id = UsageChecks.Find(MeasureOf(meter, before).Dimensions, rule.Id)!;
            touched[id] = known![id].Replaced(before.Time, LastingLeft.Readings(meter, before.Time, fact.Left ?? []));
        }
        if (fact.After is { } after)
        {
            var (quantity, dimensions, _) = MeasureOf(meter, after);
            var id = UsageChecks.Find(dimensions, rule.Id)!;
            if (known?.ContainsKey(id) == false && device.SessionsOf(meter)!.IsFull && !_isReplaying)
            {
                return UsageReasons.UniqueLimit;
            }
            var session = touched.GetValueOrDefault(id) ?? known?.GetValueOrDefault(id) ?? new SessionHistory(rule);
            touched[id] = session.With(SessionReading.Of(rule, after.Time, quantity, dimensions));
            if (touched[id].Readings.Count > SessionHistory.MaxReadings)
            {
                return UsageReasons.SessionTooLong;
            }
        }
        foreach (var (id, session) in touched)
        {
            sums.AddSession(meter, SessionParts.Of(device, known?.GetValueOrDefault(id)?.Stretches() ?? []), -1);
            sums.AddSession(meter, SessionParts.Of(device, session.Stretches()), 1);
            _change.CorrectedSessions.Add((id, session));
        }
        return null;
    }

    /// <summary>Stores levels and sessions as a correction leaves them.</summary>
    private void CommitLasting(DeviceState device, MeterEntry meter, UsageCorrected fact)
    {
        if (_change.CorrectedLevels.Count > 0)
        {
            var levels = _change.CorrectedLevels.ToArray();
            var set = CountedSet(device, meter, fact.After?.Time ?? fact.Before.Time);
            Array.ForEach(levels, set.Set);
        }
        foreach (var (id, session) in _change.CorrectedSessions)
        {
            device.SetSession(meter, id, session);
        }
    }

    private static LevelRecord LevelOf(MeterEntry meter, UsageVersion version)
    {
        var (quantity, dimensions, _) = MeasureOf(meter, version);
        return LevelRecord.Of(meter.Definition, version.Time, quantity, dimensions);
    }

    private static Measured MeasureOf(MeterEntry meter, UsageVersion version) => meter.Measure(version.Value, version.Unit, version.Dimensions);
}
