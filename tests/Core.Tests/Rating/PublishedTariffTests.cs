using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Published tariffs, most of them out of date on purpose; each names where its prices were read.</summary>
public class PublishedTariffTests
{
    /// <remarks>BC Hydro, "Residential Rates" (undated page): step 1 0.0752 up to 22.1918 kWh a day, step 2 0.1127. The usage is
    /// that of the HUE dataset's house, computed apart with exact decimals.</remarks>
    [Theory]
    [InlineData("2014-05-01", 61, "1279.845", "96.244344", "96.24")]
    [InlineData("2014-07-01", 62, "1319.006", "99.1892512", "99.19")]
    [InlineData("2014-05-01", 61, "2000", "174.6362575", "174.64")]
    public void BC_Hydro_prices_the_second_step_above_a_bound_per_day(
        string from, int days, string kwh, string exact, string amount)
    {
        var plan = Given.Compiled(
            """{"id":"energy","meter":"electricity","model":"graduated","tierBounds":"perDay","tiers":[{"upTo":"22.1918","unitPrice":"0.0752"},{"unitPrice":"0.1127"}]}""",
            "CAD");
        var start = NodaTime.Text.LocalDatePattern.Iso.Parse(from).Value;
        var line = Given.Rated(plan, "electricity", Given.Days(start, days), Given.D(kwh)).Single();
        Assert.Equal((Given.D(exact), amount), (line.ExactAmount, line.Amount.ToString()));
    }

    [Fact]
    public void BC_Hydros_basic_charge_is_due_for_every_active_day()
    {
        var plan = Given.Compiled("""{"id":"basic","model":"flat","amount":"0.2253","per":"day"}""", "CAD");
        var june = Given.Month(2025, 6);
        var active = new Interval(june.Start + Duration.FromDays(10), june.End);
        var line = PeriodRating.Rate(plan, june, active, Given.Utc, false, Given.NoUsage).Single();
        Assert.Equal((20m, 4.506m, "4.51"), (line.Quantity, line.ExactAmount, line.Amount.ToString()));
    }

    /// <remarks>PG&amp;E E-1, March 2020: 0.23522 to the baseline, 0.29600 to 400 % of it, 0.51860 above; baseline of territory X
    /// in summer 9.8 kWh a day. 294 * 0.23522 + 882 * 0.296 + 324 * 0.5186 = 498.25308.</remarks>
    [Fact]
    public void PGE_prices_tiers_as_multiples_of_a_daily_baseline()
    {
        var plan = Given.Compiled(
            """{"id":"energy","meter":"electricity","model":"graduated","tierBounds":"perDay","tiers":[{"upTo":"9.8","unitPrice":"0.23522"},{"upTo":"39.2","unitPrice":"0.29600"},{"unitPrice":"0.51860"}],"discountPercent":"34.8"}""",
            "USD");
        var line = Given.Rated(plan, "electricity", Given.Month(2020, 6), 1_500m).Single();
        Assert.Equal(498.25308m * 0.652m, line.ExactAmount);
        Assert.Equal("324.86", line.Amount.ToString());
        Assert.Equal(69.15468m, line.Steps[0].Amount);
    }

    /// <remarks>TEPCO, meter-rate lighting B, April 2024: 29.80 / 36.40 / 40.49; the bill is cut to a whole yen.</remarks>
    [Theory]
    [InlineData("down", "12152")]
    [InlineData("halfAwayFromZero", "12153")]
    [InlineData("halfEven", "12152")]
    [InlineData("up", "12153")]
    public void TEPCO_is_cut_to_a_whole_yen(string rounding, string yen)
    {
        var plan = Given.Compiled(
            """{"id":"energy","meter":"electricity","model":"graduated","tiers":[{"upTo":"120","unitPrice":"29.80"},{"upTo":"300","unitPrice":"36.40"},{"unitPrice":"40.49"}]}""",
            "JPY", $"\"rounding\":\"{rounding}\",");
        Assert.Equal(yen, Given.Rated(plan, "electricity", Given.Month(2024, 4), 350m).Single().Amount.ToString());
    }

    /// <remarks>Olivia Wireless: each session is rounded up to 1 kB of 1,000 bytes. Semantics 8: 720 sessions of 0.2 KB are
    /// 144 KB, billed as 720.</remarks>
    [Fact]
    public void Olivia_rounds_every_session_up_to_a_kilobyte()
    {
        var plan = Given.Compiled(
            """{"id":"data","meter":"data","unit":"kB","perEvent":{"roundUpTo":"1000"},"model":"perUnit","unitPrice":"0.01"}""");
        var line = Given.Rated(plan, "data", Given.Month(2024, 6), [.. Enumerable.Repeat(200m, 720)]).Single();
        Assert.Equal((720m, "kB", 720L, "7.20"), (line.Quantity, line.Unit!, line.Events, line.Amount.ToString()));
    }

    /// <remarks>Soracom, "Data Usage and Billing Calculations": rounded up per SIM and month in units of 100 KB (1 KB is 1,024
    /// bytes): 127 KB is billed as 200 KB, at 0.05 a unit.</remarks>
    [Fact]
    public void Soracom_rounds_the_month_up_not_the_sessions()
    {
        var plan = Given.Compiled(
            """{"id":"data","meter":"data","unit":"KiB","model":"package","packageSize":"100","packagePrice":"0.05"}""", "USD");
        var line = Given.Rated(plan, "data", Given.Month(2024, 6), 100m * 1_024m, 27m * 1_024m).Single();
        Assert.Equal((127m, 0.10m), (line.Quantity, line.ExactAmount));
    }

    /// <remarks>Olivia Wireless: starting on the 16th of a 31-day month, 1.00 gives 0.52. Soracom's 0.4 a month is not
    /// prorated.</remarks>
    [Theory]
    [InlineData("day", "1.00", "0.52")]
    [InlineData("none", "0.4", "0.40")]
    public void A_monthly_fee_from_the_16th_of_31_days_is_prorated_or_not(string proration, string fee, string amount)
    {
        var plan = Given.Compiled($$"""{"id":"sim","model":"flat","amount":"{{fee}}","proration":"{{proration}}"}""");
        var july = Given.Month(2024, 7);
        var active = new Interval(july.Start + Duration.FromDays(15), null);
        var line = PeriodRating.Rate(plan, july, active, Given.Utc, false, Given.NoUsage).Single();
        Assert.Equal(amount, line.Amount.ToString());
        Assert.Equal(line.Amount.ToDecimal(), line.Steps.Sum(step => step.Amount));
    }

    /// <remarks>Healthy Ride, Pittsburgh: 2 per started 30 minutes; members ride 30 minutes free.</remarks>
    [Theory]
    [InlineData("Customer", 60, "2.00")]
    [InlineData("Customer", 1800, "2.00")]
    [InlineData("Customer", 1801, "4.00")]
    [InlineData("Subscriber", 1800, "0.00")]
    [InlineData("Subscriber", 1801, "2.00")]
    [InlineData("Subscriber", 5401, "6.00")]
    public void Healthy_Ride_charges_by_the_started_half_hour_of_each_ride(string usertype, int seconds, string amount)
    {
        var plan = Given.Compiled(
            """
            {"id":"guest","meter":"ride","unit":"h","where":{"usertype":["Customer"]},"perEvent":{"roundUpTo":"1800"},"unitPrice":"4"},
            {"id":"member","meter":"ride","unit":"h","where":{"usertype":["Subscriber"]},"perEvent":{"free":"1800","roundUpTo":"1800"},"unitPrice":"4"}
            """, "USD");
        var june = Given.Month(2017, 6);
        KeyValuePair<string, string>[] dimensions = [new("usertype", usertype)];
        var totals = Given.Totals(plan, "ride", [(june.Start, seconds, dimensions)]);
        var line = PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, false, totals).Single();
        Assert.Equal((amount, 1L), (line.Amount.ToString(), line.Events));
    }

    /// <remarks>Helium: 1 data credit per started 24 bytes; a credit is USD 0.00001.</remarks>
    [Fact]
    public void Helium_charges_a_credit_per_started_24_bytes_of_each_frame()
    {
        var plan = Given.Compiled(
            """{"id":"frames","meter":"data","perEvent":{"roundUpTo":"24"},"model":"package","packageSize":"24","packagePrice":"0.00001"}""",
            "USD");
        var line = Given.Rated(plan, "data", Given.Month(2024, 6), 1m, 24m, 25m, 51m).Single();
        Assert.Equal((168m, 0.00007m), (line.Quantity, line.ExactAmount));
    }

    /// <remarks>City of Boulder, downtown garages: 1.00 an hour for the first 2 hours, then 2.50 an hour.</remarks>
    [Theory]
    [InlineData(3600, "1.00")]
    [InlineData(7200, "2.00")]
    [InlineData(10800, "4.50")]
    public void Boulder_charges_the_hours_beyond_two_of_each_session_more(int seconds, string amount)
    {
        var plan = Given.Compiled(
            """
            {"id":"parking","meter":"ride","unit":"h","unitPrice":"1.00"},
            {"id":"beyond","meter":"ride","unit":"h","perEvent":{"free":"7200"},"unitPrice":"1.50"}
            """, "USD");
        var lines = Given.Rated(plan, "ride", Given.Month(2020, 6), seconds);
        Assert.Equal(amount, lines.Select(line => line.Amount).Aggregate((a, b) => a + b).ToString());
    }

    /// <remarks>London, Ontario, water 1991 per 100 cubic feet: 12 at 2.011, 28 at 2.120, then 2.228; 40 are 113,267.386368
    /// L.</remarks>
    [Fact]
    public void London_Ontario_water_converts_the_total_and_not_each_reading()
    {
        var plan = Given.Compiled(
            """{"id":"water","meter":"water","unit":"100ft3","model":"graduated","tiers":[{"upTo":"12","unitPrice":"2.011"},{"upTo":"40","unitPrice":"2.120"},{"unitPrice":"2.228"}]}""",
            "CAD");
        var line = Given.Rated(plan, "water", Given.Month(1991, 6), 100_000m, 13_267m, 0.386368m).Single();
        Assert.Equal((40m, 83.492m, "83.49"), (line.Quantity, line.ExactAmount, line.Amount.ToString()));
    }

    [Fact]
    public void Events_are_counted_whatever_their_value()
    {
        var plan = Given.Compiled(
            """
            {"id":"sms","meter":"messages","unitPrice":"0.19"},
            {"id":"connection","meter":"ride","of":"events","unit":"trips","unitPrice":"0.38"}
            """, "USD");
        Assert.Equal(0.57m, Given.Rated(plan, "messages", Given.Month(2024, 6), 7m, 8m, 9m).Single().ExactAmount);
        var trips = Given.Rated(plan, "ride", Given.Month(2024, 6), 60m, 0m).Single();
        Assert.Equal((2m, "trips", 0.76m), (trips.Quantity, trips.Unit!, trips.ExactAmount));
    }

    [Fact]
    public void A_one_time_fee_is_due_in_the_first_period_only()
    {
        var plan = Given.Compiled("""{"id":"sim","kind":"oneTime","amount":"5.00"}""", "USD");
        var june = Given.Month(2024, 6);
        var none = Given.NoUsage;
        Assert.Equal("5.00", PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, true, none).Single().Amount.ToString());
        Assert.Empty(PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, false, none));
    }
}
