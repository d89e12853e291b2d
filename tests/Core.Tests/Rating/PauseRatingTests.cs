using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>What a pause takes off; expected values by hand from the calendar.</summary>
public class PauseRatingTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <remarks>
    /// June has 30 days. March 2026 has 31 days and, with the change of clocks on the 29th, 743 hours, of which that day has 23; February
    /// 2028 has a 29th.
    /// </remarks>
    [Theory]
    [InlineData("day", 2024, 6, "30", "2024-06-11T00:00", "2024-06-21T00:00", "20.00")]
    [InlineData("day", 2024, 6, "30", "2024-06-11T12:00", "2024-06-11T18:00", "30.00")]
    [InlineData("day", 2024, 6, "30", "2024-05-01T00:00", "2024-06-02T00:00", "29.00")]
    [InlineData("day", 2024, 6, "30", "2024-06-30T00:00", null, "29.00")]
    [InlineData("second", 2024, 6, "30", "2024-06-11T12:00", "2024-06-12T00:00", "29.50")]
    [InlineData("second", 2026, 3, "743", "2026-03-29T00:00", "2026-03-30T00:00", "720.00")]
    [InlineData("day", 2026, 3, "31", "2026-03-29T00:00", "2026-03-30T00:00", "30.00")]
    [InlineData("day", 2028, 2, "29", "2028-02-29T00:00", "2028-03-01T00:00", "28.00")]
    [InlineData("none", 2024, 6, "30", "2024-06-02T00:00", null, "30.00")]
    public void A_fee_is_not_due_for_the_days_or_seconds_of_a_pause(
        string proration, int year, int month, string fee, string from, string? to, string amount)
    {
        var lines = Rate(
            $$"""{"id":"fee","amount":"{{fee}}","proration":"{{proration}}"}""", "", year, month, Pause(from, to));
        Assert.Equal(amount, lines.Single().Amount.ToString());
    }

    [Fact]
    public void A_fee_per_day_and_a_minimum_are_due_for_the_days_outside_and_nothing_is_for_a_whole_period()
    {
        const string Charges = """{"id":"daily","amount":"1","per":"day"},{"id":"whole","amount":"5","proration":"none"}""";
        const string Minimum = "\"minimum\":{\"amount\":\"300\"},";
        // 20 days; 300 × 20/30 = 200, less 20 + 5.
        Assert.Equal(
            ["daily 20.00", "whole 5.00", "minimum 175.00"],
            Rate(Charges, Minimum, 2024, 6, Pause("2024-06-11T00:00", "2024-06-21T00:00")).Select(l => $"{l.ChargeId} {l.Amount}"));
        Assert.Empty(Rate(Charges, Minimum, 2024, 6, Pause("2024-05-11T00:00", null)));
        Assert.Empty(Rate(Charges, Minimum, 2024, 6, Pause("2024-06-01T00:00", "2024-07-01T00:00")));
    }

    /// <summary>However it is cut into pauses that touch, one pause is what they come to together.</summary>
    [Fact]
    public void Two_pauses_that_touch_are_one()
    {
        var (one, two) = (Pause("2024-06-05T10:00", "2024-06-20T15:00"), Pause("2024-06-05T10:00", "2024-06-11T12:00"));
        var june = Given.Month(2024, 6);
        Assert.Equal(
            Proration.ByDay(june, june.ToInterval(), Berlin, [one]),
            Proration.ByDay(june, june.ToInterval(), Berlin, [two, new(two.End, one.End)]));
        Assert.Equal(
            Proration.BySecond(june, june.ToInterval(), [one]), Proration.BySecond(june, june.ToInterval(), [two, new(two.End, one.End)]));
    }

    /// <summary>A pool goes on over a pause, whole; only the days of its plan count: 10 used, 9 × 20/30 included from the 11th on.</summary>
    [Fact]
    public void A_pool_that_is_prorated_has_the_days_of_a_pause()
    {
        var june = new BillingCalendar(Berlin, new(2024, 6, 1), BillingCycle.Monthly).Period(0);
        var plan = Given.Compiled(
            """{"id":"use","meter":"units","unitPrice":"3","allowances":[{"id":"pool","kind":"fixed","quantity":"9","prorate":true}]}""");
        var lines = SegmentRating.Rate(june, Berlin, 0,
        [
            new(plan, new(Local("2024-06-11T00:00"), june.End), true, new Dictionary<BucketKey, BucketTotal> { [new(0, 0)] = new(10m, 0m, 1) },
                Pauses: [Pause("2024-06-15T00:00", "2024-06-25T00:00")]),
        ])[0];
        Assert.Equal("12.00", lines.Single().Amount.ToString());
    }

    private static Interval Pause(string from, string? to) => new(Local(from), to is null ? null : Local(to));

    private static Instant Local(string text) =>
        NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value.InZoneStrictly(Berlin).ToInstant();

    private static IReadOnlyList<RatedCharge> Rate(string charges, string terms, int year, int month, Interval pause)
    {
        var period = new BillingCalendar(Berlin, new(year, month, 1), BillingCycle.Monthly).Period(0);
        var plan = Given.Compiled(charges, "EUR", terms);
        return SegmentRating.Rate(
            period, Berlin, 0, [new(plan, period.ToInterval(), false, Given.NoUsage, Pauses: [pause])])[0];
    }
}
