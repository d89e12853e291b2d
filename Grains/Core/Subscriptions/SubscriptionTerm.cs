using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>When the terms of a subscription are over.</summary>
public static class SubscriptionTerm
{
    /// <summary>The end of the term that an instant belongs to: the start of a billing period.</summary>
    /// <param name="term">Of the plan.</param>
    /// <param name="calendar">Of the subscription.</param>
    /// <param name="begin">When the plan's fees began: after its trial.</param>
    /// <param name="time">The very end of a term belongs to the next one.</param>
    /// <returns>Null before the first term, and after the last one that is not renewed.</returns>
    public static Instant? EndAt(TermDefinition term, BillingCalendar calendar, Instant begin, Instant time)
    {
        if (time < begin)
        {
            return null;
        }

        var first = calendar.IndexAt(begin);
        var over = (calendar.IndexAt(time) - first) / term.Periods;
        return over > 0 && !term.Renew ? null : calendar.Period(first + ((over + 1) * term.Periods)).Start;
    }
}
