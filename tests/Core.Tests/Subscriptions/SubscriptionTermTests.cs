using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Core.Tests.Subscriptions;

public class SubscriptionTermTests
{
    /// <remarks>Months from the 1st; the begun one counts. From 15 January 12 periods are over on 1 January of the next year.</remarks>
    [Theory]
    [InlineData(12, true, "2026-01-14T00:00:00Z", null)]
    [InlineData(12, true, "2026-01-15T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData(12, true, "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z")]
    [InlineData(12, true, "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z")]
    [InlineData(12, false, "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z")]
    [InlineData(12, false, "2027-01-01T00:00:00Z", null)]
    [InlineData(1, true, "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z")]
    public void A_term_ends_with_a_billing_period_and_is_renewed_when_it_says_so(int periods, bool renew, string time, string? end) =>
        Assert.Equal(
            end is null ? (Instant?)null : At(end),
            SubscriptionTerm.EndAt(
                new(periods, renew, null), new(DateTimeZone.Utc, new(2026, 1, 1), BillingCycle.Monthly), At("2026-01-15T00:00:00Z"), At(time)));

    private static Instant At(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
}
