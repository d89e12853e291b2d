using NodaTime;

namespace OrleansBilling.Core.Periods;

/// <summary>How much of a period a subscription was active.</summary>
public static class Proration
{
    /// <summary>By half-open local days of real calendar length: the day it starts on counts, the day it ends on does
    /// not.</summary>
    /// <param name="period">The whole period.</param>
    /// <param name="active">Half-open; what lies outside the period does not count.</param>
    /// <param name="zone">The subscription's zone, where days begin.</param>
    /// <remarks>30.00 for a 30-day month until the start of the 11th: 10/30, that is 10.00.</remarks>
    public static ProrationRatio ByDay(BillingPeriod period, Interval active, DateTimeZone zone)
    {
        var (start, end) = Clamp(period, active);
        if (end <= start)
        {
            return new(0, Math.Max(1, period.Days));
        }

        var first = start == period.Start ? period.LocalStart : start.InZone(zone).Date;
        var last = end == period.End ? period.LocalEnd : end.InZone(zone).Date;
        return new(Math.Max(0, Period.DaysBetween(first, last)), period.Days);
    }

    /// <summary>By seconds of elapsed time, so that both sides of the ratio see a daylight-saving change.</summary>
    /// <param name="period">The whole period.</param>
    /// <param name="active">Half-open; what lies outside the period does not count; fractions of a second are
    /// cut.</param>
    public static ProrationRatio BySecond(BillingPeriod period, Interval active)
    {
        var (start, end) = Clamp(period, active);
        var whole = Math.Max(1, Seconds(period.Start, period.End));
        return new(end <= start ? 0 : Seconds(period.Start, end) - Seconds(period.Start, start), whole);
    }

    /// <summary>As <see cref="ByDay(BillingPeriod, Interval, DateTimeZone)"/>, without the days of pauses: the day on which a pause begins
    /// is the pause's, the day on which it ends is not.</summary>
    /// <param name="pauses">Not overlapping.</param>
    public static ProrationRatio ByDay(BillingPeriod period, Interval active, DateTimeZone zone, IReadOnlyList<Interval> pauses)
    {
        var ratio = ByDay(period, active, zone);
        var paused = Within(active, pauses).Sum(pause => ByDay(period, pause, zone).Numerator);
        return ratio with { Numerator = Math.Max(0, ratio.Numerator - paused) };
    }

    /// <summary>As <see cref="BySecond(BillingPeriod, Interval)"/>, without the seconds of pauses.</summary>
    /// <param name="pauses">Not overlapping.</param>
    public static ProrationRatio BySecond(BillingPeriod period, Interval active, IReadOnlyList<Interval> pauses)
    {
        var ratio = BySecond(period, active);
        var paused = Within(active, pauses).Sum(pause => BySecond(period, pause).Numerator);
        return ratio with { Numerator = Math.Max(0, ratio.Numerator - paused) };
    }

    /// <summary>The parts of pauses that lie within an interval.</summary>
    private static IEnumerable<Interval> Within(Interval active, IReadOnlyList<Interval> pauses)
    {
        foreach (var pause in pauses)
        {
            Instant? start = active.HasStart && active.Start > pause.Start ? active.Start : pause.Start;
            Instant? end = active.HasEnd && (!pause.HasEnd || active.End < pause.End) ? active.End : pause.HasEnd ? pause.End : null;
            if (end is null || start < end)
            {
                yield return new(start, end);
            }
        }
    }

    private static long Seconds(Instant from, Instant to) =>
        (to - from).BclCompatibleTicks / NodaConstants.TicksPerSecond;

    private static (Instant Start, Instant End) Clamp(BillingPeriod period, Interval active) => (
        active.HasStart ? Instant.Max(period.Start, active.Start) : period.Start,
        active.HasEnd ? Instant.Min(period.End, active.End) : period.End);
}
