using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Changes of plan inside a period.</summary>
public class SegmentRatingTests
{
    private static readonly string[] Roundings = ["halfAwayFromZero", "halfEven", "down", "up"];
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <remarks>Semantics 2: 30.00, 30-day month, 60.00 from the start of the 11th: 10.00 + 40.00; by second from 12:00 on the 11th:
    /// 10.50 + 39.00.</remarks>
    [Theory]
    [InlineData("day", 0, "10.00", "40.00")]
    [InlineData("second", 12, "10.50", "39.00")]
    public void The_two_plans_of_a_month_share_it(string proration, int hour, string first, string second)
    {
        var june = Month(2024, 6);
        var change = Local(2024, 6, 11, hour);
        Assert.Equal(
            [first, second],
            Amounts(june, [Fee("30.00", proration, june.Start, change), Fee("60.00", proration, change, june.End)]));
    }

    /// <summary>Changes at 08:00 and 20:00 of the 11th: the day is for the plan that begins last, the one between has none.</summary>
    [Fact]
    public void By_day_the_day_of_a_change_is_for_what_begins_and_no_day_is_billed_twice_or_lost()
    {
        var june = Month(2024, 6);
        var (morning, evening) = (Local(2024, 6, 11, 8), Local(2024, 6, 11, 20));
        Assert.Equal(
            ["10.00", "0.00", "60.00"],
            Amounts(june,
            [
                Fee("30.00", "day", june.Start, morning), Fee("60.00", "day", morning, evening), Fee("90.00", "day", evening, june.End),
            ]));
    }

    /// <summary>A third of 10.00 is 3.33; three of them are 10.00, whatever the rounding.</summary>
    [Theory]
    [InlineData("halfAwayFromZero")]
    [InlineData("down")]
    [InlineData("up")]
    public void Thirds_of_a_constant_price_are_the_whole_price(string rounding)
    {
        var june = Month(2024, 6);
        Instant[] edges = [june.Start, Local(2024, 6, 11, 0), Local(2024, 6, 21, 0), june.End];
        var parts = edges.Zip(edges.Skip(1), (from, to) => Fee("10.00", "day", from, to, rounding)).ToArray();
        Assert.Equal(10.00m, SegmentRating.Rate(june, Berlin, 0, parts).Sum(c => c[0].Amount.ToDecimal()));
    }

    [Fact]
    public void Parts_sum_to_the_whole_price_when_it_is_constant_wherever_and_however_often_the_plan_changes() =>
        Gen.Select(Gen.Int[1, 12], Gen.Long[0, 2_678_400].Array[0, 6], Gen.Int[1, 1_000_000], Gen.Bool, Gen.Int[0, 3])
            .Sample((month, cuts, cents, byDay, mode) =>
            {
                var (proration, rounding) = (byDay ? "day" : "second", Roundings[mode]);
                var period = Month(2024, month);
                Instant[] edges =
                [
                    period.Start,
                    .. cuts.Distinct().Select(s => period.Start + Duration.FromSeconds(s)).Where(t => t > period.Start && t < period.End).Order(),
                    period.End,
                ];
                var price = $"{cents / 100}.{cents % 100:D2}";
                var parts = edges.Zip(edges.Skip(1), (from, to) => Fee(price, proration, from, to, rounding)).ToArray();
                var rated = SegmentRating.Rate(period, Berlin, 0, parts).Select(c => c[0]).ToArray();
                Assert.Equal(D(price), rated.Sum(c => c.Amount.ToDecimal()));
                Assert.All(rated, c => Assert.Equal(c.Amount.ToDecimal(), decimal.Round(c.Steps.Sum(s => s.Amount), 12, MidpointRounding.ToEven)));
            });

    /// <summary>15 + 15 units, each part with its own first tier of 10 units: 10 × 1 + 5 × 0.10, twice.</summary>
    [Fact]
    public void Tiers_begin_anew_and_one_time_charges_are_due_where_a_plan_begins()
    {
        var june = Month(2024, 6);
        var change = Local(2024, 6, 11, 0);
        var plan = CompiledPlan.Compile(
            Plan("""
                {"id":"use","meter":"units","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1"},{"unitPrice":"0.10"}]},
                {"id":"once","kind":"oneTime","amount":"5"}
                """),
            Meter);
        var used = new Dictionary<BucketKey, BucketTotal> { [new(0, 0)] = new(15m, 0m, 1) };
        var rated = SegmentRating.Rate(
            june, Berlin, 0, [new(plan, new(june.Start, change), false, used), new(plan, new(change, june.End), true, used)]);
        Assert.Equal(["use 10.50", "use 10.50", "once 5.00"], rated.SelectMany(c => c).Select(c => $"{c.ChargeId} {c.Amount}"));
    }

    [Fact]
    public void A_change_of_plan_takes_an_amount_off_once_and_commits_to_one_minimum()
    {
        // 30.00 and 60.00 for 10 and 20 of 30 days are 10.00 and 40.00. 6.00 off in each plan: 2.00 and 4.00.
        // Of the minimum of 45.00 in each plan: 15.00 and 30.00, so that the first part is brought up by 5.00.
        var june = Month(2026, 6);
        var change = Local(2026, 6, 11, 0);
        const string More = """
            "minimum":{"amount":"45"},"discounts":[{"id":"off","name":"Off","amount":"6","periods":3}],
            """;
        PeriodSegment Part(string amount, Instant from, Instant to) => new(
            CompiledPlan.Compile(Plan($$"""{"id":"base","kind":"recurring","amount":"{{amount}}"}""", "EUR", More), Meter),
            new(from, to), false, NoUsage);
        PeriodSegment[] parts = [Part("30", june.Start, change), Part("60", change, june.End)];
        Assert.Equal(
            [["base 10.00", "minimum 5.00", "off -2.00"], ["base 40.00", "off -4.00"]], Texts(SegmentRating.Rate(june, Berlin, 2, parts)));
        Assert.Equal([["base 10.00", "minimum 5.00"], ["base 40.00"]], Texts(SegmentRating.Rate(june, Berlin, 3, parts)));

        static string[][] Texts(IReadOnlyList<IReadOnlyList<RatedCharge>> rated) =>
            [.. rated.Select(lines => lines.Select(line => $"{line.ChargeId} {line.Amount}").ToArray())];
    }

    [Fact]
    public void By_second_a_month_with_a_lost_hour_has_3600_seconds_less()
    {
        var march = Month(2024, 3);
        var rated = SegmentRating.Rate(march, Berlin, 0, [Fee("31.00", "second", Local(2024, 3, 31, 3), march.End)])[0][0];
        // 21 of 743 hours.
        Assert.Equal("0.88", rated.Amount.ToString());
        Assert.Contains($"active {21 * 3600} of {743 * 3600} seconds", rated.Steps.Select(s => s.Text));
    }

    private static string[] Amounts(BillingPeriod period, PeriodSegment[] parts) =>
        [.. SegmentRating.Rate(period, Berlin, 0, parts).Select(c => c[0].Amount.ToString())];

    private static PeriodSegment Fee(
        string amount, string proration, Instant from, Instant to, string rounding = "halfAwayFromZero") => new(
            CompiledPlan.Compile(
                Plan($$"""{"id":"base","kind":"recurring","amount":"{{amount}}","proration":"{{proration}}"}""", "EUR",
                    $"\"rounding\":\"{rounding}\","), Meter),
            new(from, to), false, NoUsage);

    private static BillingPeriod Month(int year, int month) =>
        new BillingCalendar(Berlin, new(year, 1, 1), BillingCycle.Monthly).Period(month - 1);

    private static Instant Local(int year, int month, int day, int hour) =>
        Berlin.AtStrictly(new(year, month, day, hour, 0)).ToInstant();
}
