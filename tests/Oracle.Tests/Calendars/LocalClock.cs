using System.Collections.Concurrent;
using NodaTime;

namespace OrleansBilling.Oracle.Calendars;

/// <summary>A zone's wall clock, told from nothing but its offset at an instant.</summary>
internal sealed class LocalClock(DateTimeZone zone)
{
    private static readonly ConcurrentDictionary<(string Zone, DateOnly Day), Instant> Starts = new();

    /// <summary>What the clock on the wall shows.</summary>
    internal DateTime At(Instant time) =>
        DateTime.UnixEpoch.AddTicks(time.ToUnixTimeTicks() + zone.GetUtcOffset(time).Ticks);

    internal DateOnly DayAt(Instant time) => DateOnly.FromDateTime(At(time));

    /// <summary>The first instant whose local day is this one, or a later one where the day does not exist. Looks at every
    /// quarter of an hour: no zone has changed at another time since 2000.</summary>
    internal Instant StartOf(DateOnly day) => Starts.GetOrAdd((zone.Id, day), key =>
    {
        var midnight = key.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var time = Instant.FromDateTimeUtc(midnight) - Duration.FromHours(27);
        while (DayAt(time) < key.Day)
        {
            time += Duration.FromMinutes(15);
        }

        return time;
    });
}
