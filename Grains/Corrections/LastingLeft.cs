using NodaTime;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Corrections;

/// <summary>
/// What is left of an instant of a level or a session when one of its records is taken out. The history keeps only what all records of an
/// instant say together, so the others come from the archive.
/// </summary>
internal static class LastingLeft
{
    /// <summary>The other records of the same level or session at the same instant, in an order of their own.</summary>
    public static RecordLeft[] Of(MeterEntry meter, UsageRecord record, CorrectionWatch watch) =>
    [
        .. watch.OthersAt(record).Where(other => IsOfSame(meter, record, other)).OrderBy(r => r.EventId, StringComparer.Ordinal)
            .Select(r => new RecordLeft(r.Value, r.Unit, r.Dimensions)),
    ];

    /// <summary>Whether these and the record together are all that the history says of the instant.</summary>
    public static bool IsWhole(DeviceBook book, in UsageRecord record, RecordLeft[] left)
    {
        var (device, meter) = (book.Devices[record.Device], book.Meters[record.Meter]);
        var time = Instant.FromUnixTimeTicks(record.Time);
        RecordLeft[] all = [.. left, new(record.Value, record.Unit, record.Dimensions)];
        if (meter.Definition.Session is { } rule)
        {
            return device.SessionsOf(meter)?.Sessions.GetValueOrDefault(UsageChecks.Find(MeasuredDimensions(meter, record), rule.Id)!) is { } session
                && session.Replaced(time, Readings(meter, time, all)).Says(session);
        }
        return DeviceBook.SeriesOf(device, meter, book.Terms[record.Terms], LevelOf(meter, time, all[^1])) is { } series
            && series.History.Readings.FirstOrDefault(r => r.Time == time) is var reading
            && reading.Time == time && reading.Value == Value(meter, series.History, time, all);
    }

    /// <summary>What records of one instant of a session say.</summary>
    public static IEnumerable<SessionReading> Readings(MeterEntry meter, Instant time, RecordLeft[] records) => records.Select(r =>
    {
        var (quantity, dimensions, _) = meter.Measure(r.Value, r.Unit, r.Dimensions);
        return SessionReading.Of(meter.Definition.Session!, time, quantity, dimensions);
    });

    /// <summary>What records of one instant of a level say together; null for none.</summary>
    public static decimal? Value(MeterEntry meter, LevelHistory history, Instant time, RecordLeft[] records) =>
        history.Together(records.Select(r => LevelOf(meter, time, r).Value));

    private static LevelRecord LevelOf(MeterEntry meter, Instant time, RecordLeft record)
    {
        var (quantity, dimensions, _) = meter.Measure(record.Value, record.Unit, record.Dimensions);
        return LevelRecord.Of(meter.Definition, time, quantity, dimensions);
    }

    private static bool IsOfSame(MeterEntry meter, in UsageRecord one, in UsageRecord other) => meter.Definition.Session is { } rule
        ? UsageChecks.Find(MeasuredDimensions(meter, one), rule.Id) == UsageChecks.Find(MeasuredDimensions(meter, other), rule.Id)
        : LevelSeries.KeyOf(Dimensions(meter, one), 0) == LevelSeries.KeyOf(Dimensions(meter, other), 0);

    private static KeyValuePair<string, string>[] Dimensions(MeterEntry meter, in UsageRecord record) =>
        LevelRecord.Of(meter.Definition, default, 0m, MeasuredDimensions(meter, record)).Dimensions;

    private static KeyValuePair<string, string>[] MeasuredDimensions(MeterEntry meter, in UsageRecord record) =>
        meter.Measure(record.Value, record.Unit, record.Dimensions).Dimensions;
}
