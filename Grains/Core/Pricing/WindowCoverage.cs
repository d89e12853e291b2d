using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>Whether windows alone give every instant a price.</summary>
internal static class WindowCoverage
{
    /// <summary>With more windows than this, 'otherwise' is required rather than searching them all.</summary>
    internal const int MaxWindows = 16;

    /// <summary>
    /// Tries every start of a window, and every end of one, on every day of 28 years (after which weekdays and leap
    /// days repeat) when there are seasons, otherwise of two weeks and around every holiday.
    /// </summary>
    internal static bool IsComplete(TimeOfUseDefinition timeOfUse)
    {
        if (timeOfUse.Windows.Count > MaxWindows)
        {
            return false;
        }

        var holidays = timeOfUse.Holidays.ToHashSet();
        long[] edges =
        [
            0L,
            .. timeOfUse.Windows.Select(w => w.From.NanosecondOfDay),
            .. timeOfUse.Windows.Select(w => w.To.NanosecondOfDay),
        ];
        return Days(timeOfUse).All(day => edges.Distinct().All(
            edge => timeOfUse.Windows.Any(window => WindowClock.Holds(window, edge, day, holidays))));
    }

    private static IEnumerable<LocalDate> Days(TimeOfUseDefinition timeOfUse)
    {
        var start = new LocalDate(2001, 1, 1);
        var count = timeOfUse.Windows.Any(w => w.Season is not null) ? 28 * 366 : 14;
        for (var i = 0; i < count; i++)
        {
            yield return start.PlusDays(i);
        }

        foreach (var holiday in timeOfUse.Holidays)
        {
            yield return holiday;
            yield return holiday.PlusDays(1);
        }
    }
}
