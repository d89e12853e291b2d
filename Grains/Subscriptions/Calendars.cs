using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Calendars of subscriptions.</summary>
internal static class Calendars
{
    public static BillingCalendar Of(SubscriptionView subscription, BillingCycle cycle) =>
        Of(subscription.TimeZone, subscription.AnchorDate, cycle);

    public static BillingCalendar Of(string timeZone, string anchorDate, BillingCycle cycle) =>
        new(DateTimeZoneProviders.Tzdb[timeZone], LocalDatePattern.Iso.Parse(anchorDate).Value, cycle);
}
