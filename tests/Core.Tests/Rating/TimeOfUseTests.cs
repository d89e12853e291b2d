using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class TimeOfUseTests
{
    private static readonly DateTimeZone Toronto = DateTimeZoneProviders.Tzdb["America/Toronto"];
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <remarks>Ontario, November 2011 to March 2012: on-peak 0.108, mid-peak 0.092, off-peak 0.062 per kWh.</remarks>
    private static readonly CompiledPlan Ontario = Given.Compiled(
        """
        {"id":"energy","meter":"electricity","timeOfUse":{"windows":[
          {"name":"on-peak","weekdays":["mon","tue","wed","thu","fri"],"from":"07:00","to":"11:00","holidays":false,"unitPrice":"0.108"},
          {"name":"on-peak evening","weekdays":["mon","tue","wed","thu","fri"],"from":"17:00","to":"19:00","holidays":false,"unitPrice":"0.108"},
          {"name":"mid-peak","weekdays":["mon","tue","wed","thu","fri"],"from":"11:00","to":"17:00","holidays":false,"unitPrice":"0.092"}],
         "holidays":["2011-12-26"],"otherwise":{"name":"off-peak","unitPrice":"0.062"}}}
        """, "CAD");

    private static readonly CompiledPlan Night = Given.Compiled(
        """
        {"id":"energy","meter":"electricity","timeOfUse":{"windows":[
          {"name":"friday night","weekdays":["fri"],"from":"22:00","to":"06:00","unitPrice":"1"},
          {"name":"evening","from":"20:00","to":"24:00","season":{"from":"11-01","to":"02-29"},"unitPrice":"2"}],
         "otherwise":{"name":"rest","unitPrice":"3"}}}
        """);

    [Theory]
    [InlineData("2011-12-01T06:59:59", "off-peak")]
    [InlineData("2011-12-01T07:00:00", "on-peak")]
    [InlineData("2011-12-01T10:59:59.999999999", "on-peak")]
    [InlineData("2011-12-01T11:00:00", "mid-peak")]
    [InlineData("2011-12-01T17:00:00", "on-peak evening")]
    [InlineData("2011-12-01T19:00:00", "off-peak")]
    [InlineData("2011-12-03T12:00:00", "off-peak")]
    [InlineData("2011-12-26T12:00:00", "off-peak")]
    public void A_window_holds_its_start_but_not_its_end_on_its_days(string local, string window) =>
        Assert.Equal(window, Window(Ontario, local, Toronto));

    [Theory]
    [InlineData("2024-06-14T21:59:59", "rest")]
    [InlineData("2024-06-14T22:00:00", "friday night")]
    [InlineData("2024-06-15T05:59:59", "friday night")]
    [InlineData("2024-06-15T06:00:00", "rest")]
    [InlineData("2024-06-14T03:00:00", "rest")]
    [InlineData("2024-06-15T22:00:00", "rest")]
    [InlineData("2024-02-29T23:59:59", "evening")]
    [InlineData("2023-03-01T23:59:59", "rest")]
    [InlineData("2024-11-01T20:00:00", "evening")]
    [InlineData("2024-10-31T20:00:00", "rest")]
    [InlineData("2024-11-01T22:00:00", "friday night")]
    public void A_window_over_midnight_belongs_to_the_day_it_began_on(string local, string window) =>
        Assert.Equal(window, Window(Night, local, Berlin));

    /// <remarks>In Berlin on 27 October 2024 the hour from 02:00 comes twice; on 31 March 2024 it is missing.</remarks>
    [Theory]
    [InlineData("2024-10-27T00:00:00Z", "night")]
    [InlineData("2024-10-27T00:59:59Z", "night")]
    [InlineData("2024-10-27T01:00:00Z", "night")]
    [InlineData("2024-10-27T01:59:59Z", "night")]
    [InlineData("2024-10-27T02:00:00Z", "day")]
    [InlineData("2024-03-31T00:59:59Z", "day")]
    [InlineData("2024-03-31T01:00:00Z", "day")]
    public void A_repeated_hour_is_in_the_window_twice_and_a_missing_one_never(string instant, string window)
    {
        var plan = Given.Compiled(
            """{"id":"e","meter":"electricity","timeOfUse":{"windows":[{"name":"night","from":"02:00","to":"03:00","unitPrice":"1"}],"otherwise":{"name":"day","unitPrice":"2"}}}""");
        Assert.Equal(window, Window(plan, NodaTime.Text.InstantPattern.ExtendedIso.Parse(instant).Value, Berlin));
    }

    [Fact]
    public void A_day_of_25_hours_has_25_hours_of_usage()
    {
        var start = Berlin.AtStartOfDay(new(2024, 10, 27)).ToInstant();
        var day = Given.Days(new(2024, 10, 27), 1, Berlin);
        var totals = Given.Totals(
            Night, "electricity", Enumerable.Range(0, 25).Select(h => (start + Duration.FromHours(h), 1m)), Berlin);
        var line = PeriodRating.Rate(Night, day, day.ToInterval(), Berlin, false, totals).Single();
        Assert.Equal((25m, 25L, 75m), (line.Quantity, line.Events, line.ExactAmount));
    }

    [Fact]
    public void A_bill_shows_each_window_and_each_event_knows_its_charge()
    {
        var period = Given.Month(2011, 12, Toronto);
        var usage = new[] { ("2011-12-01T08:00:00", 10m), ("2011-12-02T18:00:00", 2m), ("2011-12-03T12:00:00", 100m) }
            .Select(u => (At(u.Item1, Toronto), u.Item2)).ToArray();
        var line = PeriodRating.Rate(
            Ontario, period, period.ToInterval(), Toronto, false, Given.Totals(Ontario, "electricity", usage, Toronto)).Single();
        Assert.Equal(1.08m + 0.216m + 6.2m, line.ExactAmount);
        Assert.Equal(
            ["on-peak: 10 kWh", "on-peak evening: 2 kWh", "off-peak: 100 kWh"],
            line.Steps.Where(s => s.Kind == StepKinds.Price).Select(s => s.Text));

        var contributions = new List<Contribution>();
        Assert.Null(Ontario.Contribute("electricity", usage[0].Item1, 10m, Given.NoDimensions, Toronto, contributions));
        Assert.Equal(1.08m, contributions.Single().UnroundedCharge);
    }

    private static string Window(CompiledPlan plan, string local, DateTimeZone zone) => Window(plan, At(local, zone), zone);

    private static string Window(CompiledPlan plan, Instant time, DateTimeZone zone)
    {
        var contributions = new List<Contribution>();
        Assert.Null(plan.Contribute("electricity", time, 1m, Given.NoDimensions, zone, contributions));
        return plan.BucketName(contributions.Single().Key);
    }

    private static Instant At(string local, DateTimeZone zone) =>
        zone.AtStrictly(NodaTime.Text.LocalDateTimePattern.ExtendedIso.Parse(local).Value).ToInstant();
}
