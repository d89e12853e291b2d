using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>A random case from a seed.</summary>
internal static class CaseMaker
{
    private static readonly string[] Awkward =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca",
        "America/Sao_Paulo", "Asia/Beirut", "America/Havana", "Pacific/Chatham", "Asia/Tehran", "America/Asuncion",
    ];

    private static readonly string[] Sessions = ["x", "y", "z"];

    private static readonly string[] Devices = ["d1", "d2", "d3"];

    private static readonly string[] Zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    internal static Case Make(ulong seed)
    {
        var dice = new Dice(seed);
        var more = new Dice(seed ^ 0x5DEECE66D); // What came later, so that a seed keeps its plans and usage.
        var zone = DateTimeZoneProviders.Tzdb[dice.Chance(50) ? dice.Of(Awkward) : dice.Of(Zones)];
        var cycle = dice.Chance(60)
            ? BillingCycle.Monthly
            : new(dice.Of(CycleUnit.Day, CycleUnit.Week, CycleUnit.Month, CycleUnit.Year), dice.From(1, 3));
        var anchor = dice.Chance(40)
            ? dice.Of(new LocalDate(2024, 1, 31), new(2023, 1, 29), new(2024, 1, 30), new(2024, 2, 29), new(2026, 10, 31))
            : new LocalDate(2012, 1, 1).PlusDays(dice.Below(6_000));
        var plan = new PlanDefinition(
            "p", "p", dice.Of("EUR", "USD", "JPY", "KWD", "CLP", "INR"), cycle,
            dice.Of(LineRounding.HalfAwayFromZero, LineRounding.HalfEven, LineRounding.Down, LineRounding.Up),
            [.. Enumerable.Range(0, dice.From(1, 4)).Select(i => ChargeMaker.Any(dice, i, anchor))]);
        var meters = ChargeMaker.Units.ToDictionary(u => u.Key, u => RoundingMaker.Meter(dice, u.Key, dice.Of(u.Value)));
        meters[ChargeMaker.Money] = new(ChargeMaker.Money, ChargeMaker.Money, plan.Currency);
        plan = TermsMaker.Any(dice, plan with { Charges = [.. plan.Charges.Select(c => c.Meter is { } meter ? AllowanceMaker.Fit(more, RoundingMaker.Fit(dice, c, meters[meter]), meters[meter]) : c)] });
        var clock = new LocalClock(zone);
        var first = dice.From(-2, 12);
        var periods = dice.From(1, 3);
        var from = OracleCalendar.Period(first, new(anchor.Year, anchor.Month, anchor.Day), cycle, clock);
        var to = OracleCalendar.Period(first + periods - 1, new(anchor.Year, anchor.Month, anchor.Day), cycle, clock);
        var start = dice.Chance(50) ? from.Start : TimeMaker.Within(dice, from.Start, from.End);
        var end = dice.Chance(70) ? Instant.MaxValue : TimeMaker.Within(dice, to.Start, to.End);
        end = end <= start ? Instant.MaxValue : end;
        var made = new Case(plan, meters, zone, anchor, start, end, first, periods, [], []);
        var until = end < to.End ? end : to.End;
        return made with { Events = Usage(dice, made, start, until), Devices = start < until ? DeviceMaker.Devices(dice, made, until) : [] };
    }

    private static List<OracleEvent> Usage(Dice dice, Case made, Instant from, Instant to)
    {
        var events = new List<OracleEvent>();
        var meters = made.Plan.Charges.Where(c => c.Meter is not null).Select(c => c.Meter!).Distinct().ToArray();
        for (var left = meters.Length == 0 || from >= to ? 0 : dice.Below(16); left > 0; left--)
        {
            var meter = dice.Of(meters);
            events.Add(new(
                Time(dice, made, from, to), meter, dice.Chance(3) ? 0m : dice.Number(),
                dice.Of(MatrixMaker.Places), dice.Chance(30) ? "" : dice.Of(MatrixMaker.Kinds),
                dice.Of(Sessions), dice.Of(Devices), dice.Chance(15)));
        }

        foreach (var charge in made.Plan.Charges.Where(c => c.Meter is not null && from < to && dice.Chance(35)))
        {
            Hit(dice, charge, events, made, from);
        }

        return events;
    }

    /// <summary>Replaces a charge's usage so that its total hits a bound exactly, or misses it by the smallest step.</summary>
    private static void Hit(Dice dice, ChargeDefinition charge, List<OracleEvent> events, Case made, Instant time)
    {
        var ratio = OracleUnits.Ratio(charge.Unit ?? made.Meters[charge.Meter!].Unit, made.Meters[charge.Meter!].Unit);
        if (Bound(dice, charge) is not { } bound || ratio.Denominator > 1_000_000)
        {
            return;
        }

        var exact = ratio * (bound + (charge.FreeQuantity ?? 0m));
        var total = (bound + (charge.FreeQuantity ?? 0m)) * (decimal)ratio.Numerator / (decimal)ratio.Denominator;
        if (exact != decimal.Round(total, 12, MidpointRounding.ToEven))
        {
            return; // Quantities are given to 12 places: such a bound cannot be told from its neighbours.
        }

        events.RemoveAll(e => e.Meter == charge.Meter);
        var step = decimal.Round(0.000001m * (decimal)ratio.Numerator / (decimal)ratio.Denominator, 6, MidpointRounding.ToEven);
        total += step * dice.Of(0, 0, 1, -1);
        if (total > 0m)
        {
            var part = dice.Chance(50) ? 0m : decimal.Round(total / 3m, 6, MidpointRounding.ToEven);
            events.Add(new(time, charge.Meter!, part, "north", "sms", "x", "d1", false));
            events.Add(new(time, charge.Meter!, total - part, "north", "sms", "y", dice.Of(Devices), dice.Chance(20)));
        }
    }

    private static decimal? Bound(Dice dice, ChargeDefinition charge)
    {
        var price = charge.Price ?? charge.TimeOfUse?.Otherwise?.Price;
        return price?.Tiers is { Count: > 1 } tiers
            ? tiers[dice.Below(tiers.Count - 1)].UpTo
            : price?.PackageSize is { } size ? (size * dice.From(1, 5)) + (price.FreeUnits ?? 0m) : charge.FreeQuantity;
    }

    /// <summary>Anywhere, on the quarter hours around a change of the clock, or at the very edges.</summary>
    private static Instant Time(Dice dice, Case made, Instant from, Instant to)
    {
        var time = TimeMaker.Within(dice, from, to);
        if (dice.Chance(30) && made.Zone.GetZoneInterval(time) is { HasEnd: true, End: var change })
        {
            time = change + Duration.FromMinutes(15 * dice.From(-12, 12)) - Duration.FromTicks(dice.Below(2));
        }
        else if (dice.Chance(40))
        {
            var ticks = time.ToUnixTimeTicks();
            time = Instant.FromUnixTimeTicks(ticks - (ticks % (15 * TimeSpan.TicksPerMinute)) - dice.Below(2));
        }
        else if (dice.Chance(10))
        {
            time = dice.Chance(50) ? from : to - Duration.FromTicks(1);
        }

        return time >= from && time < to ? time : from;
    }
}
