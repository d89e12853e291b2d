using CsCheck;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Rating;

public class AggregationTests
{
    private static readonly Instant Noon = Instant.FromUtc(2024, 6, 10, 12, 0);

    /// <summary>Two devices over three hours; every expected value is counted by hand.</summary>
    [Theory]
    [InlineData("peak", "9")]
    [InlineData("devicePeak", "16")]
    [InlineData("least", "2")]
    [InlineData("level", "4")]
    [InlineData("deviceLevel", "7")]
    [InlineData("sessions", "3")]
    [InlineData("deviceSessions", "4")]
    public void A_period_comes_to(string meter, string expected)
    {
        Use[] usage =
        [
            new("a", 0, 5m, "x"), new("a", 1, 7m, "y"), new("a", 2, 3m, "x"),
            new("b", 0, 9m, "x"), new("b", 1, 2m, "z"), new("b", 3, 4m, "z"),
        ];
        var line = Rate(meter, usage)!;
        Assert.Equal(D(expected), line.Quantity);
        Assert.Equal(6, line.Events);
    }

    [Fact]
    public void Of_several_values_at_the_latest_instant_the_greatest_counts_whatever_came_first()
    {
        Use[] usage = [new("a", 1, 4m), new("a", 2, 5m), new("b", 2, 8m), new("b", 2, 6m)];
        Assert.Equal(8m, Rate("level", usage)!.Quantity);
        Assert.Equal(8m, Rate("level", [.. usage.Reverse()])!.Quantity);
        Assert.Equal(13m, Rate("deviceLevel", usage)!.Quantity);
    }

    [Fact]
    public void Each_window_has_an_extreme_of_its_own_and_only_events_that_a_filter_wants_take_part()
    {
        var plan = Compiled("""
            {"id":"c","meter":"peak","where":{"session":["x"]},"timeOfUse":{"windows":[
              {"name":"morning","from":"00:00","to":"13:00","model":"perUnit","unitPrice":"1"}],
              "otherwise":{"name":"rest","model":"perUnit","unitPrice":"10"}}}
            """);
        var lines = Rate(plan, "peak",
            [new("a", 0, 5m, "x"), new("b", 0, 6m, "x"), new("a", 1, 3m, "x"), new("a", 1, 2m, "x"), new("a", 1, 99m, "y")]);
        Assert.Equal(["6", "30"], lines.Single().Steps.Select(s => DecimalText.Format(s.Amount)));
    }

    [Fact]
    public void A_charge_for_events_counts_them_whatever_the_meter_does()
    {
        var plan = Compiled("""{"id":"c","meter":"peak","of":"events","unitPrice":"1"}""");
        Assert.Equal(3m, Rate(plan, "peak", [new("a", 0, 5m), new("a", 1, 5m), new("b", 1, 0m)]).Single().Quantity);
    }

    [Fact]
    public void What_one_event_of_a_merged_meter_costs_depends_on_the_others_and_is_not_told()
    {
        var into = new List<Contribution>();
        Assert.Null(Compiled("""{"id":"c","meter":"peak","unitPrice":"1"}""").Contribute("peak", Noon, 3m, [], Utc, into));
        Assert.Null(into.Single().UnroundedCharge);
    }

    [Fact]
    public void An_event_without_the_counted_dimension_says_so() => Assert.Equal(
        RatingReasons.DimensionMissing,
        Compiled("""{"id":"c","meter":"sessions","unitPrice":"1"}""").Contribute("sessions", Noon, 3m, [], Utc, []));

    /// <summary>Merging in any order and grouping, with any repetition, comes to what LINQ says of the whole.</summary>
    [Fact]
    public void Merging_in_any_order_grouping_and_repetition_gives_the_aggregate_of_the_whole()
    {
        var gen = Gen.Select(Gen.Enum<AggregationKind>(), Gen.Select(Gen.Int[0, 40], Gen.Int[0, 5], Gen.Int[0, 6]).Array[1, 30],
            Gen.Int);
        gen.Where(g => g.Item1 != AggregationKind.Sum).Sample((kind, usage, seed) =>
        {
            var random = new Random(seed);
            var repeated = usage.Concat(usage.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(repeated);
            var parts = repeated.Select(u => Aggregate.Of(
                kind, u.Item1 / 4m + 0.00m, Noon + Duration.FromTicks(u.Item2), $"s{u.Item3}")).ToList();
            while (parts.Count > 1)
            {
                var (left, right) = (random.Next(parts.Count), random.Next(parts.Count - 1));
                var one = parts[left];
                parts.RemoveAt(left);
                parts[right] = parts[right].Merge(one);
            }

            var expected = kind switch
            {
                AggregationKind.Max => usage.Max(u => u.Item1) / 4m,
                AggregationKind.Min => usage.Min(u => u.Item1) / 4m,
                AggregationKind.Latest => usage.OrderBy(u => u.Item2).ThenBy(u => u.Item1).Last().Item1 / 4m,
                _ => usage.Select(u => u.Item3).Distinct().Count(),
            };
            Assert.Equal(DecimalText.Format(expected), parts[0].Quantity.ToString(System.Globalization.CultureInfo.InvariantCulture));
        });
    }

    [Fact]
    public void Values_of_a_dimension_are_told_apart_up_to_the_limit()
    {
        var full = Distinct(Enumerable.Range(0, Aggregate.MaxDistinct).Select(i => $"s{i}"));
        Assert.Equal(10_000m, full.Quantity);
        Assert.True(full.IsFullFor(Aggregate.Of(AggregationKind.Unique, 0m, Noon, "one more"), Aggregate.MaxDistinct));
        Assert.False(full.IsFullFor(Aggregate.Of(AggregationKind.Unique, 0m, Noon, "s77"), Aggregate.MaxDistinct));
        Assert.False(Distinct(["s1"]).IsFullFor(Aggregate.Of(AggregationKind.Unique, 0m, Noon, "one more"), 2));
        Assert.True(Distinct(["s1"]).IsFullFor(Aggregate.Of(AggregationKind.Unique, 0m, Noon, "one more"), 1));
    }

    [Fact]
    public void Aggregates_of_different_kinds_do_not_merge() => Assert.Throws<ArgumentException>(() =>
        Aggregate.Of(AggregationKind.Max, 1m, Noon, null).Merge(Aggregate.Of(AggregationKind.Min, 1m, Noon, null)));

    private static Aggregate Distinct(IEnumerable<string> values) => Aggregate.Restore(AggregationKind.Unique, 0m, Noon, values);

    private static RatedCharge? Rate(string meter, Use[] usage) =>
        Rate(Compiled($$"""{"id":"c","meter":"{{meter}}","unitPrice":"1"}"""), meter, usage).SingleOrDefault();

    private static IReadOnlyList<RatedCharge> Rate(CompiledPlan plan, string meter, Use[] usage)
    {
        var totals = new UsageTotals(plan);
        foreach (var use in usage)
        {
            var into = new List<Contribution>();
            Assert.Null(plan.Contribute(
                meter, Noon + Duration.FromHours(use.Hour), use.Value, [new("session", use.Session)], Utc, into));
            into.ForEach(contribution => totals.Add(use.Device, contribution));
        }

        var june = Month(2024, 6);
        return PeriodRating.Rate(plan, june, june.ToInterval(), Utc, isFirstPeriod: true, totals.ToTotals());
    }

    private sealed record Use(string Device, int Hour, decimal Value, string Session = "x");
}
