using NodaTime;

namespace OrleansBilling.Core.Periods;

/// <summary>The time in which usage, and whatever else has an instant, may lie: far from where calendars end.</summary>
public static class TimeLimits
{
    /// <summary>The first instant.</summary>
    public static readonly Instant First = Instant.FromUtc(1900, 1, 1, 0, 0);

    /// <summary>The end, exclusive.</summary>
    public static readonly Instant End = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>How far a test clock is moved at once: every period on the way is closed.</summary>
    public static readonly Duration ClockStep = Duration.FromDays(3_660);
}
