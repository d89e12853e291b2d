using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random meters of levels and sessions, charges for them, and their records.</summary>
internal static class LastingMaker
{
    internal const string Level = "level";
    internal const string Session = "run";
    private const string Operation = "op";

    private static readonly string[] Phases = ["start", "interim", "", "stop"];

    internal static MeterDefinition LevelMeter(Dice dice)
    {
        bool? goesOn = dice.Chance(40) ? dice.Chance(50) : null;
        var meter = new MeterDefinition(Level, Level, dice.Of("GB", "MB", "seats"), MeterDefinition.TimeWeighted, CarryOver: goesOn);
        return dice.Below(7) switch
        {
            0 => meter with { Reports = "change", Operation = dice.Chance(50) ? Operation : null },
            1 => meter with { UniqueOf = "session", Operation = Operation },
            2 => meter with { Aggregation = "sum", CarryOver = true, Operation = dice.Chance(50) ? Operation : null },
            3 => meter with { Aggregation = "latest", CarryOver = true, Per = MeterDefinition.PerDevice },
            4 => meter with { Aggregation = "unique", UniqueOf = "session", Operation = Operation, Per = MeterDefinition.PerDevice },
            _ => meter,
        };
    }

    internal static MeterDefinition SessionMeter(Dice dice)
    {
        var reports = dice.Of("duration", "delta", "total", "register");
        return new(
            Session, Session, reports == "duration" ? "s" : dice.Of("Wh", "kWh"), "sum",
            Session: new(reports, TimeoutSeconds: dice.Chance(40) ? dice.Of(60, 3_600, 86_400) : null));
    }

    internal static ChargeDefinition Charge(Dice dice, ChargeDefinition charge, MeterDefinition meter, LocalDate around)
    {
        var unit = Unit(dice, meter);
        var average = meter.Integrates && unit?.Contains('*') != true;
        var byTime = meter.Session is not null || meter.Integrates;
        charge = charge with
        {
            Meter = meter.Id, Unit = unit, Of = UsageBasis.Value,
            Where = dice.Chance(20) ? [new("place", ["north"])] : [],
            PerSession = meter.Session is not null && dice.Chance(40) ? RoundingMaker.Any(dice) : null,
            PerDevice = dice.Chance(12) ? RoundingMaker.Any(dice) : null,
            PerLine = dice.Chance(12) ? RoundingMaker.Any(dice) : null,
        };
        return dice.Below(10) switch
        {
            0 or 1 or 2 when byTime => charge with { TimeOfUse = Quantities(TimeMaker.Windows(dice, around, false)) },
            3 when byTime && !average => charge with
            {
                Schedule = TimeMaker.Schedule(dice, around), PerDevice = null, PerLine = null, PerSession = null,
                Unit = meter.Integrates ? meter.Unit + "*s" : null,
            },
            4 => charge with { Of = UsageBasis.Events, Unit = null, PerSession = null, PerDevice = null, Price = PriceMaker.Any(dice) },
            _ => charge with
            {
                Price = PriceMaker.Any(dice), FreeQuantity = dice.Chance(25) ? dice.Number(3) : null,
                Allowance = !average && dice.Chance(20) ? DeviceMaker.Pool(dice) : null,
            },
        };
    }

    internal static OracleRecord Record(Dice dice, MeterDefinition meter)
    {
        var dimensions = new Dictionary<string, string> { ["place"] = dice.Of("north", "south"), ["session"] = dice.Of("x", "y") };
        if (meter.Session is not null && dice.Of(Phases) is { Length: > 0 } phase)
        {
            dimensions["phase"] = phase;
        }

        if (meter.Operation is not null && dice.Chance(70))
        {
            dimensions[Operation] = dice.Of("add", "remove");
        }

        var value = meter.Reports == "change" && meter.Operation is null && dice.Chance(40) ? -dice.Number(4) : dice.Number(4);
        return new(value, dimensions);
    }

    /// <summary>Matrices need no more dimensions than these records have.</summary>
    private static TimeOfUseDefinition Quantities(TimeOfUseDefinition windows) => windows with
    {
        Windows = [.. windows.Windows.Select(w => w.Price.Matrix is null ? w : w with { Price = windows.Otherwise!.Price with { } })],
    };

    private static string? Unit(Dice dice, MeterDefinition meter) => meter switch
    {
        { Session.Reports: "duration" } => dice.Chance(40) ? dice.Of("min", "h") : null,
        { Session: not null } => dice.Chance(30) ? "kWh" : null,
        { Integrates: true } => dice.Chance(60) ? $"{meter.Unit}*{dice.Of("s", "min", "h")}" : null,
        _ => null,
    };

    /// <summary>What a record says.</summary>
    internal sealed record OracleRecord(decimal Value, Dictionary<string, string> Dimensions);
}
