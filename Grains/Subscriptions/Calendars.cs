using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Calendars of subscriptions.</summary>
internal static class Calendars
{
    public static BillingCalendar Of(SubscriptionView subscription, BillingCycle cycle) => new(
        DateTimeZoneProviders.Tzdb[subscription.TimeZone],
        LocalDatePattern.Iso.Parse(subscription.AnchorDate).Value,
        cycle);
}
