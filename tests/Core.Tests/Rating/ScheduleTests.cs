using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class ScheduleTests
{
    private static readonly CompiledPlan Dynamic = Given.Compiled(
        """
        {"id":"energy","meter":"electricity","schedule":{"bands":{"High":"0.6720","Normal":"0.1176","Low":"0.0399"},
          "entries":[{"from":"2013-01-01T00:00:00Z","band":"Normal"},{"from":"2013-01-07T17:00:00Z","band":"High"},
                     {"from":"2013-01-07T20:00:00Z","band":"Low"}],"until":"2013-09-01T00:00:00Z"}}
        """, "GBP");

    private static readonly CompiledPlan Spot = Given.Compiled(
        """
        {"id":"energy","meter":"electricity","unit":"MWh","schedule":{
          "entries":[{"from":"2020-01-01T00:00:00Z","price":"50.25"},{"from":"2020-01-01T01:00:00Z","price":"-12.5"}]}}
        """, "GBP");

    /// <remarks>Low Carbon London 2013 prices; the quantities of meter 10006414 in January 2013 were joined with the published
    /// schedule apart, with exact decimals: 3,194.9169 pence.</remarks>
    [Fact]
    public void The_London_trials_bands_give_the_pence_computed_apart()
    {
        var january = Given.Month(2013, 1);
        var totals = Given.Totals(Dynamic, "electricity",
            [
                (Instant.FromUtc(2013, 1, 3, 0, 0), 201.362m),
                (Instant.FromUtc(2013, 1, 7, 17, 0), 10.95m),
                (Instant.FromUtc(2013, 1, 7, 20, 0), 22.822m),
            ]);
        var line = PeriodRating.Rate(Dynamic, january, january.ToInterval(), Given.Utc, false, totals).Single();
        Assert.Equal((31.949169m, "31.95"), (line.ExactAmount, line.Amount.ToString()));
        Assert.Equal("High", Dynamic.BucketName(new(0, 0)));
    }

    [Theory]
    [InlineData("2012-12-31T23:59:59Z")]
    [InlineData("2013-09-01T00:00:00Z")]
    public void Outside_the_schedule_there_is_no_price_and_nothing_is_counted(string time)
    {
        var contributions = new List<Contribution>();
        Assert.Equal(
            RatingReasons.NoPriceAtTime,
            Dynamic.Contribute("electricity", Parse(time), 1m, Given.NoDimensions, Given.Utc, contributions));
        Assert.Empty(contributions);
    }

    [Fact]
    public void Direct_prices_add_up_exactly_and_negative_ones_give_credit()
    {
        var january = Given.Month(2020, 1);
        var totals = Given.Totals(Spot, "electricity",
            [
                (Parse("2020-01-01T00:59:59Z"), 2m), (Parse("2020-01-01T01:00:00Z"), 10m), (Parse("2020-02-01T00:00:00Z"), 1m),
            ]);
        var line = PeriodRating.Rate(Spot, january, january.ToInterval(), Given.Utc, false, totals).Single();
        Assert.Equal(0.1005m - 0.125m - 0.0125m, line.ExactAmount);
        Assert.Equal((0.013m, "MWh", "-0.04"), (line.Quantity, line.Unit!, line.Amount.ToString()));
    }

    [Fact]
    public void An_amount_too_fine_for_a_decimal_is_refused_and_leaves_no_trace()
    {
        var plan = Given.Compiled(
            """
            {"id":"first","meter":"electricity","unitPrice":"1"},
            {"id":"second","meter":"electricity","schedule":{"entries":[{"from":"2020-01-01T00:00:00Z","price":"0.123456789012"}]}}
            """);
        var contributions = new List<Contribution>();
        Assert.Equal(RatingReasons.Inexact, plan.Contribute(
            "electricity", Parse("2020-01-01T00:00:00Z"), 123_456_789.123456789012m, Given.NoDimensions, Given.Utc, contributions));
        Assert.Empty(contributions);
    }

    private static Instant Parse(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
}
