using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Calendars;

/// <summary>Which time-of-use window an instant falls into, minute hand by minute hand.</summary>
internal static class OracleWindows
{
    /// <summary>The index of the first window that holds the time; the number of windows when none does.</summary>
    internal static int Find(TimeOfUseDefinition timeOfUse, DateTime local)
    {
        for (var i = 0; i < timeOfUse.Windows.Count; i++)
        {
            if (Holds(timeOfUse.Windows[i], timeOfUse, local))
            {
                return i;
            }
        }

        return timeOfUse.Windows.Count;
    }

    /// <summary>A window begins on a day and runs for some ticks; the time is in it when it is in that of its own day or of
    /// the day before.</summary>
    private static bool Holds(WindowDefinition window, TimeOfUseDefinition all, DateTime local)
    {
        var from = window.From.TickOfDay;
        var length = window.To.TickOfDay - from;
        length = length <= 0 ? length + TimeSpan.TicksPerDay : length;
        var today = local.TimeOfDay.Ticks - from;
        return (today >= 0 && today < length && Begins(window, all, local.Date))
            || (today + TimeSpan.TicksPerDay < length && Begins(window, all, local.Date.AddDays(-1)));
    }

    private static bool Begins(WindowDefinition window, TimeOfUseDefinition all, DateTime day)
    {
        var weekday = day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
        var holiday = all.Holidays.Any(h => (h.Year, h.Month, h.Day) == (day.Year, day.Month, day.Day));
        return (window.Weekdays is null || window.Weekdays.Any(d => (int)d == weekday))
            && (window.Season is null || InSeason(window.Season, day))
            && (window.Holidays is null || window.Holidays == holiday);
    }

    private static bool InSeason(SeasonDefinition season, DateTime day)
    {
        var date = Number(day.Month, day.Day);
        var from = Number(season.From.Month, season.From.Day);
        var to = Number(season.To.Month, season.To.Day);
        return from <= to ? from <= date && date <= to : from <= date || date <= to;
    }

    private static int Number(int month, int day) => (100 * month) + day;
}
