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
        var edges = Edges(timeOfUse);
        return Days(timeOfUse).All(day => edges.All(
            edge => timeOfUse.Windows.Any(window => WindowClock.Holds(window, edge, day, holidays))));
    }

    /// <summary>Whether an instant belongs to a window: it holds one that no window before it holds. Tries the same instants
    /// as <see cref="IsComplete"/>.</summary>
    internal static bool IsReached(TimeOfUseDefinition timeOfUse, int index)
    {
        var holidays = timeOfUse.Holidays.ToHashSet();
        var edges = Edges(timeOfUse);
        var before = timeOfUse.Windows.Take(index).ToArray();
        return Days(timeOfUse).Any(day => edges.Any(edge =>
            WindowClock.Holds(timeOfUse.Windows[index], edge, day, holidays)
            && !before.Any(window => WindowClock.Holds(window, edge, day, holidays))));
    }

    /// <summary>Between two neighbours nothing changes.</summary>
    private static long[] Edges(TimeOfUseDefinition timeOfUse) =>
    [
        .. timeOfUse.Windows.Select(w => w.From.NanosecondOfDay)
            .Concat(timeOfUse.Windows.Select(w => w.To.NanosecondOfDay)).Append(0L).Distinct(),
    ];

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
