using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>Which window a local time falls into; shared by rating and by the check that every time has a
/// price.</summary>
internal static class WindowClock
{
    /// <summary>Whether a window holds a local time.</summary>
    /// <param name="window">The window.</param>
    /// <param name="nanosecondOfDay">Local time of day.</param>
    /// <param name="date">Its local day.</param>
    /// <param name="holidays">The charge's holidays.</param>
    internal static bool Holds(
        WindowDefinition window, long nanosecondOfDay, LocalDate date, IReadOnlySet<LocalDate> holidays)
    {
        var from = window.From.NanosecondOfDay;
        var to = window.To == LocalTime.Midnight ? NodaConstants.NanosecondsPerDay : window.To.NanosecondOfDay;
        if (from < to)
        {
            return nanosecondOfDay >= from && nanosecondOfDay < to && AppliesOn(window, date, holidays);
        }

        // Over midnight: the small hours belong to the day the window began on.
        return (nanosecondOfDay >= from && AppliesOn(window, date, holidays))
            || (nanosecondOfDay < to && AppliesOn(window, date.PlusDays(-1), holidays));
    }

    private static bool AppliesOn(WindowDefinition window, LocalDate date, IReadOnlySet<LocalDate> holidays) =>
        (window.Weekdays is not { } weekdays || Contains(weekdays, date.DayOfWeek))
        && (window.Season is not { } season || season.Contains(date))
        && (window.Holidays is not { } wanted || holidays.Contains(date) == wanted);

    private static bool Contains(IReadOnlyList<IsoDayOfWeek> weekdays, IsoDayOfWeek day)
    {
        for (var i = 0; i < weekdays.Count; i++)
        {
            if (weekdays[i] == day)
            {
                return true;
            }
        }

        return false;
    }
}
