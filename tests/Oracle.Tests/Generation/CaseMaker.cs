using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
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

    /// <summary>At the limits of a quantity, and beyond them to those of a decimal.</summary>
    private static readonly decimal[] Absurd =
    [
        999_999_999_999_999.999999999999m, 999_999_999_999m, 0.000000000001m, 1_000_000_000_000_000m, 0.0000000000001m, -0.000000000001m,
        -1m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 12_345_678_901_234.567890123456m,
    ];

    private static readonly string[] Sessions = ["x", "y", "z"];

    private static readonly string[] Zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    internal static Case Make(ulong seed)
    {
        var dice = new Dice(seed);
        var zone = DateTimeZoneProviders.Tzdb[dice.Chance(50) ? dice.Of(Awkward) : dice.Of(Zones)];
        var cycle = dice.Chance(60)
            ? BillingCycle.Monthly
            : new(dice.Of(CycleUnit.Day, CycleUnit.Week, CycleUnit.Month, CycleUnit.Year), dice.From(1, 3));
        var anchor = dice.Chance(40)
            ? dice.Of(new LocalDate(2024, 1, 31), new(2023, 1, 29), new(2024, 1, 30), new(2024, 2, 29), new(2026, 10, 31))
            : new LocalDate(2012, 1, 1).PlusDays(dice.Below(6_000));
        var currency = dice.Of("EUR", "USD", "JPY", "KWD", "CLP", "INR");
        var meters = ChargeMaker.Units.ToDictionary(u => u.Key, u => RoundingMaker.Meter(dice, u.Key, dice.Of(u.Value)));
        meters[LastingMaker.Level] = LastingMaker.LevelMeter(dice);
        meters[LastingMaker.Session] = LastingMaker.SessionMeter(dice);
        meters[ChargeMaker.Money] = new(ChargeMaker.Money, ChargeMaker.Money, currency);
        PlanDefinition plan() => Plan(dice, currency, cycle, anchor, meters);
        var lives = dice.Chance(50);
        var first = lives ? LifeMaker.Staged(dice, plan()) : plan();
        var index = dice.From(-2, 12);
        var made = new Case(
            [new(Instant.MinValue, first, lives ? LifeMaker.Agreed(dice, first, "g") : null, dice.Chance(85))],
            meters, zone, anchor, Instant.MinValue, Instant.MaxValue, index, dice.From(1, 3), [], []);
        made = Placed(dice, made);
        var until = made.End < made.Period(index + made.Periods - 1).End ? made.End : made.Period(index + made.Periods - 1).End;
        if (lives && made.Start < until)
        {
            made = made with
            {
                Taken = [made.Taken[0], .. Changes(dice, made, plan, until)],
                Pauses = dice.Chance(30) ? LifeMaker.Pauses(dice, made, until) : [],
                IsCancelled = made.End != Instant.MaxValue && dice.Chance(60),
            };
        }

        made = made with { Devices = made.Start < until ? DeviceMaker.Devices(dice, made, until) : [] };
        return made with { Events = Usage(dice, made, made.Start, until) };
    }

    private static PlanDefinition Plan(
        Dice dice, string currency, BillingCycle cycle, LocalDate around, Dictionary<string, MeterDefinition> meters)
    {
        var plan = new PlanDefinition(
            "p", "p", currency, cycle,
            dice.Of(LineRounding.HalfAwayFromZero, LineRounding.HalfEven, LineRounding.Down, LineRounding.Up),
            [.. Enumerable.Range(0, dice.From(1, 4)).Select(i => Charge(dice, i, around, meters))]);
        return LookupMaker.Any(dice, TermsMaker.Any(dice, plan));
    }

    private static ChargeDefinition Charge(Dice dice, int index, LocalDate around, Dictionary<string, MeterDefinition> meters)
    {
        var charge = ChargeMaker.Any(dice, index, around);
        if (charge.Kind == ChargeKind.Usage && dice.Chance(15))
        {
            var lasting = meters[dice.Of(LastingMaker.Level, LastingMaker.Session)];
            return LastingMaker.Charge(dice, charge with
            {
                Price = null, TimeOfUse = null, Schedule = null, FreeQuantity = null, Allowance = null, PerEvent = null,
            }, lasting, around);
        }

        return charge.Meter is { } meter
            ? AllowanceMaker.Fit(dice, RoundingMaker.Fit(dice, charge, meters[meter]), meters[meter])
            : charge;
    }

    /// <summary>The case with its start and its end.</summary>
    private static Case Placed(Dice dice, Case made)
    {
        var (from, to) = (made.Period(made.FirstPeriod), made.Period(made.FirstPeriod + made.Periods - 1));
        var start = dice.Chance(50) ? from.Start : TimeMaker.Within(dice, from.Start, from.End);
        var end = dice.Chance(65) ? Instant.MaxValue : TimeMaker.Within(dice, to.Start, to.End);
        return made with { Start = start, End = end <= start ? Instant.MaxValue : end, Taken = [made.Taken[0] with { From = start }] };
    }

    private static IEnumerable<PlanTaken> Changes(Dice dice, Case made, Func<PlanDefinition> other, Instant until)
    {
        var before = made.Taken[0];
        for (var left = dice.Chance(50) ? dice.From(1, 2) : 0; left > 0; left--)
        {
            var at = LifeMaker.Moment(dice, made, before.From, until);
            if (at > before.From)
            {
                before = LifeMaker.Next(dice, before, other, left, at);
                yield return before;
            }
        }
    }

    private static List<OracleEvent> Usage(Dice dice, Case made, Instant from, Instant to)
    {
        var events = new List<OracleEvent>();
        var meters = made.Taken.SelectMany(t => t.Plan.Charges).Where(c => c.Meter is not null).Select(c => c.Meter!).Distinct().ToArray();
        for (var left = meters.Length == 0 || from >= to ? 0 : dice.Below(16); left > 0; left--)
        {
            var meter = dice.Of(meters);
            var time = Time(dice, made, from, to);
            if (made.Meters[meter].Lasts)
            {
                var (value, dimensions) = LastingMaker.Record(dice, made.Meters[meter]);
                events.Add(new($"e{left}", time, meter, value, Device(dice, made, time), dice.Chance(15), dimensions));
                continue;
            }

            events.Add(new(
                $"e{left}", time, meter, dice.Chance(3) ? 0m : dice.Number(), Device(dice, made, time), dice.Chance(15), Dimensions(dice)));
        }

        if (events.Count > 0 && dice.Chance(4))
        {
            events[0] = events[0] with { Value = dice.Of(Absurd) };
        }

        foreach (var charge in made.Plan.Charges.Where(c => c.Meter is not null && !made.Meters[c.Meter].Lasts && from < to && dice.Chance(35)))
        {
            Hit(dice, charge, events, made, from);
        }

        return events;
    }

    /// <summary>Usually one that is in use.</summary>
    private static string Device(Dice dice, Case made, Instant time)
    {
        string[] inUse =
        [
            .. made.Devices.Where(d => d.At(time) is LifecycleState.Active or LifecycleState.Standby).Select(d => d.Id),
        ];
        return inUse.Length == 0 || dice.Chance(4) ? dice.Of([.. made.Devices.Select(d => d.Id)]) : dice.Of(inUse);
    }

    private static Dictionary<string, string> Dimensions(Dice dice)
    {
        var dimensions = new Dictionary<string, string> { ["place"] = dice.Of(MatrixMaker.Places), ["session"] = dice.Of(Sessions) };
        if (dice.Chance(70))
        {
            dimensions["kind"] = dice.Of(MatrixMaker.Kinds);
        }

        if (dice.Chance(60))
        {
            dimensions[LookupMaker.Network] = dice.Of(LookupMaker.Networks);
        }

        return dimensions;
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
            events.Add(new($"{charge.Id}a", time, charge.Meter!, part, Device(dice, made, time), false, North("x")));
            events.Add(new($"{charge.Id}b", time, charge.Meter!, total - part, Device(dice, made, time), dice.Chance(20), North("y")));
        }
    }

    private static Dictionary<string, string> North(string session) =>
        new() { ["place"] = "north", ["kind"] = "sms", ["session"] = session };

    private static decimal? Bound(Dice dice, ChargeDefinition charge)
    {
        var price = charge.Price ?? charge.TimeOfUse?.Otherwise?.Price;
        return price?.Tiers is { Count: > 1 } tiers
            ? tiers[dice.Below(tiers.Count - 1)].UpTo
            : price?.PackageSize is { } size ? (size * dice.From(1, 5)) + (price.FreeUnits ?? 0m) : charge.FreeQuantity;
    }

    /// <summary>Instants at which something begins or ends.</summary>
    private static Instant[] Marks(Case made, Instant from, Instant to) =>
    [
        .. made.Taken.Select(t => t.From).Concat(made.Pauses.SelectMany(p => new[] { p.From, p.To }))
            .Concat(made.Devices.SelectMany(d => d.History.Select(h => h.From))).Append(from).Append(to).Where(t => t <= to),
    ];

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
        else if (dice.Chance(20))
        {
            time = dice.Of(Marks(made, from, to)) - Duration.FromTicks(dice.Below(2));
        }

        return time >= from && time < to ? time : from;
    }
}
