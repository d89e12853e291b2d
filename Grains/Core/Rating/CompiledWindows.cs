using System.Collections.Frozen;
using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Finds the time-of-use window of an instant.</summary>
internal sealed class CompiledWindows
{
    private readonly WindowDefinition[] _windows;
    private readonly FrozenSet<LocalDate> _holidays;
    private readonly int _otherwise;

    /// <summary>Nanoseconds of the day at which windows begin and end, and at last that of the day itself; ascending.</summary>
    private readonly long[] _borders;

    internal CompiledWindows(TimeOfUseDefinition timeOfUse)
    {
        _windows = [.. timeOfUse.Windows];
        _holidays = timeOfUse.Holidays.ToFrozenSet();
        _otherwise = timeOfUse.Otherwise is null ? -1 : _windows.Length;
        _borders = [.. _windows.SelectMany(w => new[] { w.From.NanosecondOfDay, w.To.NanosecondOfDay })
            .Where(n => n > 0).Append(NodaConstants.NanosecondsPerDay).Distinct().Order()];
    }

    /// <summary>The index of the first window that holds the instant in the zone's local time; the number of windows
    /// for the price outside them; -1 when there is none.</summary>
    internal int Find(Instant time, DateTimeZone zone)
    {
        var local = time.InZone(zone).LocalDateTime;
        var nanosecondOfDay = local.TimeOfDay.NanosecondOfDay;
        var date = local.Date;
        for (var i = 0; i < _windows.Length; i++)
        {
            if (WindowClock.Holds(_windows[i], nanosecondOfDay, date, _holidays))
            {
                return i;
            }
        }

        return _otherwise;
    }

    /// <summary>The first instant after another one at which another window may hold: a border of some window, midnight, or a change of
    /// the zone's clock.</summary>
    internal Instant NextBorder(Instant time, DateTimeZone zone)
    {
        var interval = zone.GetZoneInterval(time);
        var ofDay = time.Plus(Duration.FromSeconds(interval.WallOffset.Seconds)).InUtc().TimeOfDay.NanosecondOfDay;
        var next = time + Duration.FromNanoseconds(Array.Find(_borders, border => border > ofDay) - ofDay);
        return interval.HasEnd && interval.End < next ? interval.End : next;
    }
}
