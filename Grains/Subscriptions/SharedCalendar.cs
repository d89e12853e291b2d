using NodaTime;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// The calendar of all subscriptions of one zone, anchor and cycle. Finding the period of an instant remembers the last
/// answer: consecutive events mostly lie in the same one. That is not thread-safe; the calendar itself is.
/// </summary>
internal sealed class SharedCalendar(string timeZone, DateTimeZone zone, string anchorDate, BillingCalendar calendar)
{
    private BillingPeriod _cached;
    private long _cachedStart = 1;
    private long _cachedEnd;
    private BillingPeriod? _asked;

    /// <summary>IANA id, as the subscription names it.</summary>
    public string TimeZone { get; } = timeZone;

    public DateTimeZone Zone { get; } = zone;

    /// <summary>ISO local date from which periods are counted.</summary>
    public string AnchorDate { get; } = anchorDate;

    public BillingCalendar Calendar { get; } = calendar;

    /// <summary>The period of an index. Again and again all subscriptions are asked for the end of theirs, mostly of the same one.</summary>
    public BillingPeriod Period(int index) => _asked is { } asked && asked.Index == index ? asked : (_asked = Calendar.Period(index)).Value;

    /// <summary>The billing period of an instant, and the Unix ticks of its end.</summary>
    public int PeriodAt(long unixTicks, out long endTicks)
    {
        if (unixTicks < _cachedStart || unixTicks >= _cachedEnd)
        {
            _cached = Calendar.Period(Calendar.IndexAt(Instant.FromUnixTimeTicks(unixTicks)));
            _cachedStart = _cached.Start.ToUnixTimeTicks();
            _cachedEnd = _cached.End.ToUnixTimeTicks();
        }
        endTicks = _cachedEnd;
        return _cached.Index;
    }
}
