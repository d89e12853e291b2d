using NodaTime;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Calendars of a partition, each kept once.</summary>
internal sealed class CalendarTable
{
    private readonly Dictionary<(string Zone, string Anchor, BillingCycle), SharedCalendar> _calendars = [];

    public SharedCalendar Of(string timeZone, string anchorDate, BillingCycle cycle)
    {
        if (!_calendars.TryGetValue((timeZone, anchorDate, cycle), out var calendar))
        {
            _calendars[(timeZone, anchorDate, cycle)] = calendar = new(
                timeZone, DateTimeZoneProviders.Tzdb[timeZone], anchorDate, Calendars.Of(timeZone, anchorDate, cycle));
        }
        return calendar;
    }
}
