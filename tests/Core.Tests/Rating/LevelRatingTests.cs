using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Levels as quotes of 30 or 31 days.</summary>
public class LevelRatingTests
{
    /// <remarks>Amazon S3's published example, as cited by filezoomer.com ("How does Amazon S3 calculate storage used", May 2011): 100 GB for
    /// 15 days of March and 100 TB for the last 16 days are 52,900 GB-months, in three tiers 143.36 + 6,272.00 + 187.00.</remarks>
    [Fact]
    public void Amazon_s3_prices_the_average_of_a_month_in_tiers()
    {
        var price = Quote("""
            {"id":"s3","meter":"stored","unit":"GiB","model":"graduated","tiers":[
              {"upTo":"1024","unitPrice":"0.140"},{"upTo":"51200","unitPrice":"0.125"},{"unitPrice":"0.110"}]}
            """, 31, ("2011-03-01T00:00:00Z", "100"), ("2011-03-16T00:00:00Z", "102400"));
        Assert.Equal(("6602.36", 52_900m), (price.Amount, price.Charges.Single().Quantity));
    }

    /// <remarks>The same storage in byte-hours: 42,259,901,212,262,400 in the same source.</remarks>
    [Fact]
    public void The_same_integral_is_priced_in_hours() =>
        Assert.Equal(42_259_901_212_262_400m / 1_073_741_824m, Quote(
            """{"id":"s3","meter":"stored","unit":"GiB*h","unitPrice":"0.001"}""", 31,
            ("2011-03-01T00:00:00Z", "100"), ("2011-03-16T00:00:00Z", "102400")).Charges.Single().Quantity);

    /// <remarks>By hand: October 2024 in Berlin has 31 × 24 + 1 hours; from 00:00 to 06:00 of the 27th are 7 hours.</remarks>
    [Theory]
    [InlineData("GiB*h", "7450", "10 GiB on 745 hours")]
    [InlineData("GiB", "10", "the average is the level, whatever the clocks do")]
    public void Hours_that_come_twice_are_counted_twice(string unit, string quantity, string why) =>
        Assert.True(Given.D(quantity) == Quote(
            $$"""{"id":"s","meter":"stored","unit":"{{unit}}","unitPrice":"1"}""", 31, "Europe/Berlin",
            ("2024-09-30T22:00:00Z", "10")).Charges.Single().Quantity, why);

    [Fact]
    public void Windows_cut_the_level_at_local_times_also_when_clocks_change()
    {
        var steps = Quote("""
            {"id":"s","meter":"stored","unit":"GiB*h","timeOfUse":{"windows":[{"name":"night","from":"00:00","to":"06:00","unitPrice":"1"}],
             "otherwise":{"name":"day","unitPrice":"2"}}}
            """, 1, "Europe/Berlin", ("2024-10-26T22:00:00Z", "3")).Steps;
        // 7 hours of night, 18 of day.
        Assert.Equal([(21m, 21m), (54m, 108m)], steps.Where(s => s.Kind == StepKinds.Price).Select(s => (s.Quantity!.Value, s.Amount)));
    }

    [Theory]
    [InlineData("2024-03-31T00:00:00Z", "2024-03-31T04:00:00Z")]
    [InlineData("2024-10-27T00:30:00Z", "2024-10-27T01:15:00Z")]
    public void Cutting_finds_the_window_that_every_minute_is_in(string from, string to)
    {
        var plan = Given.Compiled("""
            {"id":"s","meter":"stored","unit":"GiB*s","timeOfUse":{"windows":[
              {"name":"a","from":"01:15","to":"02:30","unitPrice":"1"},{"name":"b","weekdays":["sun"],"from":"22:00","to":"02:45","unitPrice":"2"}],
             "otherwise":{"name":"c","unitPrice":"3"}}}
            """);
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var (start, end) = (At(from), At(to));
        var cut = new List<Contribution>();
        Assert.Null(plan.Spread("stored", UsageStretch.OfLevel(start, end, 1m), [], zone, cut));
        var minutes = new List<Contribution>();
        for (var t = start; t < end; t += Duration.FromMinutes(1))
        {
            Assert.Null(plan.Contribute("stored", t, 60m, [], zone, minutes));
        }

        Assert.Equal(Sums(minutes), Sums(cut));
        Assert.True(cut.Count < 8);
    }

    [Fact]
    public void A_schedule_that_ends_takes_nothing_from_the_charges_after_it()
    {
        var plan = Given.Compiled(
            """
            {"id":"s","meter":"stored","unit":"GiB*s","schedule":{"entries":[{"from":"2026-01-01T00:00:00Z","price":"1"}],"until":"2026-01-01T00:01:00Z"}},
            {"id":"t","meter":"stored","unit":"GiB*s","unitPrice":"2"}
            """);
        var parts = new List<Contribution>();
        var stretch = UsageStretch.OfLevel(At("2026-01-01T00:00:00Z"), At("2026-01-01T01:00:00Z"), 1m);
        Assert.Equal(RatingReasons.NoPriceAtTime, plan.Spread("stored", stretch, [], DateTimeZone.Utc, parts));
        Assert.Equal([(0, 60m), (1, 3600m)], parts.Select(p => (p.Key.Charge, p.Quantity)));
    }

    [Fact]
    public void Parts_of_what_is_spread_evenly_add_up_to_the_whole() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[0, 7_200], Gen.Int[0, 7_200]).Sample((thousandths, a, b) =>
        {
            var (start, end) = (At("2026-01-01T00:00:00Z"), At("2026-01-01T02:00:00Z"));
            var whole = new UsageStretch(start, end, thousandths / 1000m);
            var cuts = new[] { start, start + Duration.FromSeconds(Math.Min(a, b)), start + Duration.FromSeconds(Math.Max(a, b)), end };
            var parts = Enumerable.Range(0, 3).Select(i => whole.Cut(cuts[i], cuts[i + 1]).Quantity).ToArray();
            Assert.Equal(whole.Quantity, parts.Sum());
            Assert.True(Math.Abs(parts[0] - (thousandths / 1000m * Math.Min(a, b) / 7200m)) <= 0.0000000000005m);
        });

    /// <remarks>Lago's changelog ("Recurring count"): a user added on 15 September is billed for the days until the end of the month; removed
    /// on 22 October, for those of October. Here by the second.</remarks>
    [Theory]
    [InlineData("2022-09-15T00:00:00Z", null, "2022-09-01T00:00:00Z", 30, "16")]
    [InlineData("2022-10-01T00:00:00Z", "2022-10-22T00:00:00Z", "2022-10-01T00:00:00Z", 31, "21")]
    public void A_member_counts_for_its_time(string added, string? removed, string first, int days, string userDays)
    {
        var usage = new List<TimedQuantity>
        {
            new(At(first), 1m, [new("user", "nobody"), new("operation", "remove")]), new(At(added), 1m, [new("user", "ann")]),
            new(At(added), 1m, [new("user", "ann"), new("operation", "add")]),
        };
        if (removed is not null)
        {
            usage.Add(new(At(removed), 1m, [new("user", "ann"), new("operation", "remove")]));
        }

        var quantity = Ask("""{"id":"u","meter":"userTime","unit":"users*h","unitPrice":"0.5"}""", days, "UTC", usage).Charges.Single().Quantity;
        Assert.Equal(Given.D(userDays), quantity / 24m);
    }

    [Fact]
    public void What_is_there_at_the_end_counts_once()
    {
        var usage = new (string Time, string User, string Operation)[]
        {
            ("2026-01-05T00:00:00Z", "ann", "add"), ("2026-01-06T00:00:00Z", "bob", "add"), ("2026-01-07T00:00:00Z", "ann", "remove"),
            ("2026-01-08T00:00:00Z", "cid", "add"), ("2026-01-09T00:00:00Z", "cid", "add"), ("2026-01-10T00:00:00Z", "eve", "remove"),
        };
        var users = usage.Select(u => new TimedQuantity(At(u.Time), 1m, [new("user", u.User), new("operation", u.Operation)])).ToArray();
        Assert.Equal(2m, Ask("""{"id":"u","meter":"users","unitPrice":"1"}""", 30, "UTC", users).Charges.Single().Quantity);
        var seats = new[] { 5m, 3m, -2m }.Select((n, i) => new TimedQuantity(At("2026-01-05T00:00:00Z") + Duration.FromDays(i), n)).ToArray();
        Assert.Equal(6m, Ask("""{"id":"u","meter":"seats","unitPrice":"1"}""", 30, "UTC", seats).Charges.Single().Quantity);
    }

    [Theory]
    [InlineData("""{"id":"s","meter":"stored","perEvent":{"roundTo":"1"},"unitPrice":"1"}""", "/charges/0/perEvent plan.per_event_of_level")]
    [InlineData("""{"id":"s","meter":"stored","unit":"kWh","unitPrice":"1"}""", "/charges/0/unit plan.unit_not_convertible")]
    [InlineData("""{"id":"s","meter":"stored","unit":"GB","unitPrice":"1","allowance":{"perDevice":"1"}}""", "/charges/0/allowance plan.average_with_allowance")]
    [InlineData("""{"id":"s","meter":"stored","schedule":{"entries":[{"from":"2026-01-01T00:00:00Z","price":"1"}]}}""", "/charges/0/unit plan.average_with_schedule")]
    [InlineData("""{"id":"s","meter":"seats","timeOfUse":{"windows":[{"name":"w","from":"00:00","to":"24:00","unitPrice":"1"}]}}""", "/charges/0 plan.level_with_time")]
    public void What_a_level_cannot_do_is_refused_with_its_place(string charge, string error) => Assert.Contains(
        error, PlanValidator.Validate(Given.Plan(charge), Given.Meter).Select(e => $"{e.Pointer} {e.Code}"));

    private static QuoteResult Quote(string charge, int days, params (string Time, string Value)[] usage) => Quote(charge, days, "UTC", usage);

    private static QuoteResult Quote(string charge, int days, string zone, params (string Time, string Value)[] usage) =>
        Ask(charge, days, zone, [.. usage.Select(u => new TimedQuantity(At(u.Time), Given.D(u.Value)))]);

    private static QuoteResult Ask(string charge, int days, string zone, IReadOnlyList<TimedQuantity> usage)
    {
        var outcome = Core.Rating.Quote.Price(new()
        {
            Plan = Given.Compiled(charge), Usage = usage, Days = days, Zone = DateTimeZoneProviders.Tzdb[zone],
        });
        Assert.Empty(outcome.Errors);
        return outcome.Result!;
    }

    private static Dictionary<BucketKey, decimal> Sums(List<Contribution> all) =>
        all.GroupBy(c => c.Key).OrderBy(g => g.Key.Bucket).ToDictionary(g => g.Key, g => g.Sum(c => c.Quantity));

    private static Instant At(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
}
