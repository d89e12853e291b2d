using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Usage;

/// <summary>
/// The records of one session of one device, in time order. Immutable. What it comes to is a function of the set of its records: they may
/// come in any order, twice, or never.
/// </summary>
/// <remarks>Rules: docs/adr/0020.</remarks>
public sealed class SessionHistory
{
    /// <summary>Instants with records that one session may have.</summary>
    public const int MaxReadings = 10_000;

    /// <summary>Sessions of one device and meter, unless the meter says less.</summary>
    public const int MaxSessions = 100_000;

    private readonly SessionRule _rule;
    private readonly SessionReading[] _readings;

    /// <summary>An empty session, or one restored from a snapshot.</summary>
    /// <param name="rule">The meter's.</param>
    /// <param name="readings">As <see cref="Readings"/> gave them.</param>
    public SessionHistory(SessionRule rule, IEnumerable<SessionReading>? readings = null)
    {
        _rule = rule;
        _readings = [.. readings ?? []];
    }

    /// <summary>In time order, one for each instant.</summary>
    public IReadOnlyList<SessionReading> Readings => _readings;

    /// <summary>The session with one more record; the very same when that says nothing new.</summary>
    public SessionHistory With(in SessionReading reading)
    {
        var index = Find(reading.Time);
        if (index < 0)
        {
            return new(_rule, [.. _readings[..~index], reading, .. _readings[~index..]]);
        }

        var merged = _readings[index].Merge(reading);
        return merged.Says(_readings[index]) ? this : new(_rule, [.. _readings[..index], merged, .. _readings[(index + 1)..]]);
    }

    /// <summary>The session with other records at one instant.</summary>
    /// <param name="readings">All records of that instant; none for nothing.</param>
    public SessionHistory Replaced(Instant time, IEnumerable<SessionReading> readings) =>
        readings.Aggregate(new SessionHistory(_rule, _readings.Where(r => r.Time != time)), (session, reading) => session.With(reading));

    /// <summary>Whether both have the same records.</summary>
    public bool Says(SessionHistory other) =>
        _readings.Length == other._readings.Length && _readings.Zip(other._readings).All(r => r.First.Says(r.Second));

    /// <summary>What it comes to, in time order; first a mark of its first instant.</summary>
    /// <exception cref="InexactAmountException">A difference does not fit a decimal.</exception>
    public IReadOnlyList<SessionStretch> Stretches()
    {
        var stretches = new List<SessionStretch>(_readings.Length + 1);
        if (_readings.Length == 0)
        {
            return stretches;
        }

        var first = Array.FindIndex(_readings, r => (r.Phases & SessionPhases.Start) != 0);
        var common = _readings[Math.Max(0, first)].Dimensions;
        stretches.Add(new(new(_readings[0].Time, _readings[0].Time, 0m), SessionReading.Union(common, _readings[0].Dimensions), Begins: true));
        for (var i = 0; i < _readings.Length; i++)
        {
            var usage = i == 0 ? First(_readings[0]) : Between(_readings[i - 1], _readings[i]);
            if (usage.Quantity != 0m)
            {
                stretches.Add(new(usage, SessionReading.Union(common, _readings[i].Dimensions)));
            }
        }

        return stretches;
    }

    private UsageStretch First(in SessionReading reading) => new(
        reading.Time, reading.Time, _rule.Reports is SessionRule.Delta or SessionRule.Total ? reading.Value : 0m);

    private UsageStretch Between(in SessionReading before, in SessionReading reading)
    {
        var apart = before.EndsOnly || reading.BeginsOnly
            || UsageStretch.Seconds(before.Time, reading.Time) > (_rule.TimeoutSeconds ?? decimal.MaxValue);
        var from = apart ? reading.Time : before.Time;
        return _rule.Reports == SessionRule.Duration
            ? UsageStretch.OfLevel(from, reading.Time, 1m)
            : new(from, reading.Time, Used(before, reading));
    }

    private decimal Used(in SessionReading before, in SessionReading reading)
    {
        if (_rule.Reports == SessionRule.Delta)
        {
            return reading.Value;
        }

        if (reading.BeginsOnly)
        {
            return _rule.Reports == SessionRule.Total ? reading.Value : 0m;
        }

        // A lower value: the counter began again at 0.
        return reading.Value >= before.Value ? ExactMath.Subtract(reading.Value, before.Value) : reading.Value;
    }

    private int Find(Instant time)
    {
        var (low, high) = (0, _readings.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _readings[middle].Time.CompareTo(time);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
