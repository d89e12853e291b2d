using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Tests.Periods;

public class ProrationTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <remarks>Semantics 2: 30.00, 30-day month, change to 60.00 at the start of the 11th: 10.00 + 40.00.</remarks>
    [Fact]
    public void A_change_at_the_start_of_the_11th_costs_a_third_and_two_thirds()
    {
        var june = Month(2024, 6);
        var change = Local(2024, 6, 11, 0);
        Assert.Equal(10m, Proration.ByDay(june, new(june.Start, change), Berlin).Of(30m));
        Assert.Equal(40m, Proration.ByDay(june, new(change, june.End), Berlin).Of(60m));
    }

    /// <remarks>Semantics 2: change at 12:00 on the 11th: 10.50 + 39.00.</remarks>
    [Fact]
    public void By_second_the_hours_of_the_day_count()
    {
        var june = Month(2024, 6);
        var noon = Local(2024, 6, 11, 12);
        Assert.Equal(10.5m, Proration.BySecond(june, new(june.Start, noon)).Of(30m));
        Assert.Equal(39m, Proration.BySecond(june, new(noon, june.End)).Of(60m));
    }

    /// <remarks>Olivia Wireless, billing details: starting on the 16th of a 31-day month pays 16/31, 1.00 gives 0.52.</remarks>
    [Fact]
    public void A_start_on_the_16th_of_31_days_pays_16_of_31()
    {
        var july = Month(2024, 7);
        var ratio = Proration.ByDay(july, new(Local(2024, 7, 16, 15), july.End), Berlin);
        Assert.Equal(new ProrationRatio(16, 31), ratio);
        Assert.Equal(0.516129032258064516m, ratio.Of(1m));
    }

    [Fact]
    public void The_start_day_counts_and_the_end_day_does_not()
    {
        var june = Month(2024, 6);
        Assert.Equal(10, Proration.ByDay(june, new(Local(2024, 6, 10, 15), Local(2024, 6, 20, 15)), Berlin).Numerator);
        Assert.Equal(0, Proration.ByDay(june, new(Local(2024, 6, 10, 1), Local(2024, 6, 10, 23)), Berlin).Numerator);
        Assert.True(Proration.ByDay(june, new Interval(null, null), Berlin).IsWhole);
        Assert.Equal(0, Proration.ByDay(june, new(june.End, null), Berlin).Numerator);
    }

    [Fact]
    public void Parts_of_a_period_add_up_to_the_whole_wherever_it_is_cut() =>
        Gen.Select(Gen.Int[1, 12], Gen.Long[0, 2_678_400].Array[0, 6]).Sample((month, cuts) =>
        {
            var period = Month(2024, month);
            Instant[] edges =
            [
                period.Start,
                .. cuts.Select(s => period.Start + Duration.FromSeconds(s)).Where(period.Contains).Order(),
                period.End,
            ];
            var parts = edges.Zip(edges.Skip(1), (from, to) => new Interval(from, to)).ToArray();
            return parts.Sum(p => Proration.ByDay(period, p, Berlin).Numerator) == period.Days
                && parts.Sum(p => Proration.BySecond(period, p).Numerator) == Proration.BySecond(period, parts[0]).Denominator;
        });

    private static BillingPeriod Month(int year, int month) =>
        new BillingCalendar(Berlin, new(year, month, 1), BillingCycle.Monthly).Period(0);

    private static Instant Local(int year, int month, int day, int hour) =>
        Berlin.AtLeniently(new(year, month, day, hour, 0)).ToInstant();
}
