using NodaTime;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Devices;

/// <summary>What one device adds to the presence of its subscription in a period. Sums over devices in any order.</summary>
/// <remarks>
/// Days are half-open local days, as everywhere in proration: the day on which a presence begins counts, the day on which it
/// ends does not. A device that moves from one subscription to another at noon counts that day for the second one only.
/// </remarks>
public static class Presence
{
    /// <summary>Counts one device.</summary>
    /// <param name="rule">What is counted; the spans are those in which its states hold.</param>
    /// <param name="spans">Half-open, each with a start, ascending, not overlapping; the whole history, not only that of
    /// the period.</param>
    /// <param name="period">The billing period.</param>
    /// <param name="zone">The subscription's zone, where days begin.</param>
    /// <param name="window">Outside of it, whole joiners and leavers bring no days; everything when left out.</param>
    /// <returns>Days, or 0 or 1.</returns>
    public static int Of(
        PresenceRule rule, IReadOnlyList<Interval> spans, BillingPeriod period, DateTimeZone zone, Interval? window = null) =>
        rule.Count switch
        {
            PresenceCount.Days => Days(rule, spans, period, zone, window ?? new(null, null)),
            PresenceCount.Joins => spans.Count > 0 && period.Contains(spans[0].Start) ? 1 : 0,
            _ => spans.Any(span => Overlaps(span, period)) ? 1 : 0,
        };

    /// <summary>Counts the changes of state of one device that a rule of <see cref="PresenceCount.Transitions"/> wants.</summary>
    /// <param name="changes">Those that happened while the device belonged to the subscription, in any order.</param>
    public static int Transitions(
        PresenceRule rule, IEnumerable<(Instant At, LifecycleState From, LifecycleState To)> changes, BillingPeriod period) =>
        changes.Count(change => rule.Crosses(change.From, change.To) && period.Contains(change.At));

    private static int Days(
        PresenceRule rule, IReadOnlyList<Interval> spans, BillingPeriod period, DateTimeZone zone, Interval window)
    {
        var (days, first, last) = (0L, default(Interval?), default(Interval?));
        foreach (var span in spans)
        {
            if (Overlaps(span, period))
            {
                days += Proration.ByDay(period, span, zone).Numerator;
                first ??= span;
                last = span;
            }
        }

        if (rule.WholeJoiner && first is { } joined)
        {
            days += Proration.ByDay(period, new(window.HasStart ? window.Start : null, joined.Start), zone).Numerator;
        }

        if (rule.WholeLeaver && last is { HasEnd: true } left)
        {
            days += Proration.ByDay(period, new(left.End, window.HasEnd ? window.End : null), zone).Numerator;
        }

        return (int)days;
    }

    private static bool Overlaps(Interval span, BillingPeriod period) =>
        span.Start < period.End && (!span.HasEnd || span.End > period.Start);
}
