using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Tests.Periods;

public class BillingCalendarTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo",
        "Australia/Lord_Howe", "America/St_Johns", "Asia/Amman", "America/Havana",
    ];

    [Fact]
    public void An_anchor_on_the_31st_clamps_to_short_months_and_returns()
    {
        var calendar = Calendar("Europe/Berlin", new(2023, 1, 31), CycleUnit.Month, 1);
        Assert.Equal(
            [new(2023, 1, 31), new(2023, 2, 28), new(2023, 3, 31), new(2023, 4, 30), new(2023, 5, 31)],
            Enumerable.Range(0, 5).Select(i => calendar.Period(i).LocalStart));
        Assert.Equal(new LocalDate(2022, 12, 31), calendar.Period(-1).LocalStart);
    }

    [Fact]
    public void A_leap_day_anchor_returns_every_four_years()
    {
        var calendar = Calendar("UTC", new(2024, 2, 29), CycleUnit.Year, 1);
        Assert.Equal(new LocalDate(2025, 2, 28), calendar.Period(1).LocalStart);
        Assert.Equal(new LocalDate(2028, 2, 29), calendar.Period(4).LocalStart);
        Assert.Equal(366, calendar.Period(-1).Days);
    }

    [Fact]
    public void A_month_with_a_clock_change_has_an_hour_more_or_less()
    {
        var calendar = Calendar("Europe/Berlin", new(2024, 1, 1), CycleUnit.Month, 1);
        Assert.Equal(Duration.FromHours((31 * 24) - 1), calendar.Period(2).ToInterval().Duration);
        Assert.Equal(Duration.FromHours((31 * 24) + 1), calendar.Period(9).ToInterval().Duration);
        Assert.Equal(31, calendar.Period(9).Days);
    }

    /// <remarks>São Paulo sprang forward at local midnight: 4 November 2018 began at 01:00.</remarks>
    [Fact]
    public void Where_midnight_does_not_exist_the_day_starts_at_its_first_instant()
    {
        var period = Calendar("America/Sao_Paulo", new(2018, 11, 4), CycleUnit.Day, 1).Period(0);
        Assert.Equal(Instant.FromUtc(2018, 11, 4, 3, 0), period.Start);
        Assert.Equal(Duration.FromHours(23), period.ToInterval().Duration);
    }

    /// <remarks>In Havana on 4 November 2012 the clocks went from 01:00 back to 00:00.</remarks>
    [Fact]
    public void Where_midnight_comes_twice_the_day_starts_at_the_first()
    {
        var period = Calendar("America/Havana", new(2012, 11, 4), CycleUnit.Day, 1).Period(0);
        Assert.Equal(Instant.FromUtc(2012, 11, 4, 4, 0), period.Start);
        Assert.Equal(Duration.FromHours(25), period.ToInterval().Duration);
    }

    /// <remarks>Samoa had no 30 December 2011.</remarks>
    [Fact]
    public void A_day_that_a_zone_skips_is_empty_and_no_instant_belongs_to_it()
    {
        var calendar = Calendar("Pacific/Apia", new(2011, 12, 29), CycleUnit.Day, 1);
        Assert.Equal(calendar.Period(1).Start, calendar.Period(1).End);
        Assert.Equal(2, calendar.IndexAt(calendar.Period(1).Start));
    }

    [Fact]
    public void The_start_belongs_to_a_period_and_the_end_does_not()
    {
        var calendar = Calendar("Europe/Berlin", new(2024, 1, 15), CycleUnit.Month, 1);
        var period = calendar.Period(3);
        Assert.True(period.Contains(period.Start));
        Assert.False(period.Contains(period.End));
        Assert.Equal(3, calendar.IndexAt(period.Start));
        Assert.Equal(4, calendar.IndexAt(period.End));
        Assert.Equal(2, calendar.IndexAt(period.Start - Duration.Epsilon));
    }

    [Fact]
    public void Periods_tile_time_in_every_zone_cycle_and_anchor()
    {
        var anchors = Gen.Int[0, 20_000].Select(days => new LocalDate(1990, 1, 1).PlusDays(days));
        var cycles = Gen.Select(Gen.Enum<CycleUnit>(), Gen.Int[1, 14]).Select((unit, count) => new BillingCycle(unit, count));
        Gen.Select(Gen.Int[0, 10].Select(i => Zones[i]), anchors, cycles, Gen.Int[-60, 60], Gen.Long[0, long.MaxValue]).Sample(
            (zone, anchor, cycle, index, random) =>
            {
                var calendar = new BillingCalendar(DateTimeZoneProviders.Tzdb[zone], anchor, cycle);
                var period = calendar.Period(index);
                Assert.Equal(period.End, calendar.Period(index + 1).Start);
                Assert.Equal(period.LocalEnd, calendar.Period(index + 1).LocalStart);
                Assert.True(period.Start <= period.End);
                if (period.Start == period.End)
                {
                    return;
                }

                var inside = period.Start + Duration.FromTicks(random % (period.End - period.Start).BclCompatibleTicks);
                Assert.Equal(index, calendar.IndexAt(inside));
                Assert.Equal(index, calendar.IndexAt(period.Start));
                Assert.Equal(index, calendar.IndexAt(period.End - Duration.Epsilon));
                Assert.True(calendar.PeriodAt(inside).Contains(inside));
            },
            iter: 3_000);
    }

    [Fact]
    public void A_cycle_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar("UTC", new(2024, 1, 1), CycleUnit.Month, 0));

    private static BillingCalendar Calendar(string zone, LocalDate anchor, CycleUnit unit, int count) =>
        new(DateTimeZoneProviders.Tzdb[zone], anchor, new(unit, count));
}
