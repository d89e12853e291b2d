using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random time-of-use windows and schedules.</summary>
internal static class TimeMaker
{
    internal static TimeOfUseDefinition Windows(Dice dice, LocalDate around, bool money)
    {
        LocalDate[] holidays = [.. Enumerable.Range(0, dice.Below(4)).Select(_ => around.PlusDays(dice.Below(60))).Distinct()];
        var windows = Enumerable.Range(0, dice.From(1, 4)).Select(i =>
        {
            var from = new LocalTime(dice.Below(24), dice.Of(0, 0, 15, 30));
            var to = new LocalTime(dice.Below(24), dice.Of(0, 0, 30, 45));
            return new WindowDefinition
            {
                Name = $"w{i}",
                From = from,
                To = from == to ? LocalTime.Midnight : to,
                Weekdays = dice.Chance(40)
                    ? [.. Enumerable.Range(1, 7).Where(_ => dice.Chance(60)).DefaultIfEmpty(7).Select(d => (IsoDayOfWeek)d)]
                    : null,
                Season = dice.Chance(20) ? new(Annual(dice), Annual(dice)) : null,
                Holidays = holidays.Length > 0 && dice.Chance(30) ? dice.Chance(50) : null,
                Price = dice.Chance(15) ? MatrixMaker.Any(dice, money) : PriceMaker.Any(dice, money),
            };
        });
        return new([.. windows], holidays, new("otherwise", PriceMaker.Any(dice, money)));
    }

    internal static ScheduleDefinition Schedule(Dice dice, LocalDate around)
    {
        var byBand = dice.Chance(50);
        var from = around.AtMidnight().InUtc().ToInstant() - Duration.FromDays(5_000);
        var entries = new List<ScheduleEntry>();
        for (var i = dice.From(1, 30); i > 0; i--)
        {
            entries.Add(new(from, byBand ? dice.Of("low", "high") : null, byBand ? null : PriceMaker.Signed(dice)));
            from += entries.Count == 1 ? Duration.FromDays(4_999) : Duration.FromMinutes(dice.From(1, 3_000));
        }

        return new(
            byBand ? [new("low", dice.Number()), new("high", dice.Number())] : [], entries, dice.Chance(10) ? from : null);
    }

    internal static Instant Within(Dice dice, Instant from, Instant to)
    {
        var ticks = (to - from).BclCompatibleTicks;
        return from + Duration.FromTicks((long)(ticks / 1_000_000m * dice.Below(1_000_000)));
    }

    private static AnnualDate Annual(Dice dice) => new(dice.From(1, 12), dice.From(1, 29) is var day && day > 28 ? 28 : day);
}
