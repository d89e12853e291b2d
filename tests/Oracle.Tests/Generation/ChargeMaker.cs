using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random charges.</summary>
internal static class ChargeMaker
{
    internal static readonly Dictionary<string, string[]> Units = new()
    {
        ["data"] = ["kB", "KiB", "MB", "MiB", "GB"], ["energy"] = ["Wh", "kWh", "MWh"], ["water"] = ["L", "m3", "100ft3"],
        ["time"] = ["s", "min", "h"], ["length"] = ["m", "km", "mi"], ["hits"] = ["hits"],
    };

    /// <summary>The meter of money, which is in the plan's currency.</summary>
    internal const string Money = "pay";

    internal static ChargeDefinition Any(Dice dice, int index, LocalDate around)
    {
        var charge = new ChargeDefinition { Id = $"c{index}", Name = $"c{index}" };
        charge = dice.Below(12) switch
        {
            10 or 11 => DeviceMaker.Charge(dice, charge),
            0 or 1 => Recurring(Fixed(charge, dice), dice),
            2 => Fixed(charge, dice) with { Kind = ChargeKind.OneTime },
            _ => Usage(charge, dice, around),
        };
        var least = dice.Chance(15) ? dice.Number() : (decimal?)null;
        var most = dice.Chance(15) ? (least ?? 0m) + dice.Number() : (decimal?)null;
        return charge with
        {
            DiscountPercent = dice.Chance(20) ? dice.From(0, 10_000) / 100m : null,
            Minimum = least,
            Maximum = most,
            ProrateBounds = (least ?? most) is not null && dice.Chance(40),
        };
    }

    private static ChargeDefinition Recurring(ChargeDefinition charge, Dice dice) => dice.Chance(25)
        ? charge with { Proration = RecurringProration.Second }
        : charge with
        {
            Proration = dice.Chance(70) ? RecurringProration.Day : RecurringProration.None,
            Per = dice.Chance(70) ? RecurringPer.Period : RecurringPer.Day,
        };

    private static ChargeDefinition Fixed(ChargeDefinition charge, Dice dice) => charge with
    {
        Kind = ChargeKind.Recurring,
        Price = new() { Model = PriceModel.Flat, Amount = PriceMaker.Signed(dice) },
    };

    private static ChargeDefinition Usage(ChargeDefinition charge, Dice dice, LocalDate around)
    {
        var money = dice.Chance(25);
        var meter = money ? Money : dice.Of([.. Units.Keys]);
        charge = charge with
        {
            Kind = ChargeKind.Usage,
            Meter = meter,
            Of = !money && dice.Chance(10) ? UsageBasis.Events : UsageBasis.Value,
            Where = dice.Chance(25) ? [dice.Chance(70) ? new("place", dice.Chance(50) ? ["north"] : ["north", "south"]) : new("kind", ["sms"])] : [],
        };
        if (charge.Of == UsageBasis.Value)
        {
            charge = charge with
            {
                Unit = !money && dice.Chance(30) ? dice.Of(Units[meter]) : null,
                PerEvent = dice.Chance(20)
                    ? EachEvent(dice)
                    : null,
            };
        }

        return dice.Below(10) switch
        {
            0 or 1 => charge with { TimeOfUse = TimeMaker.Windows(dice, around, money) },
            2 => charge with { Schedule = TimeMaker.Schedule(dice, around), Unit = null },
            3 => charge with { Price = MatrixMaker.Any(dice, money) },
            _ => Single(charge, AtZero(PriceMaker.Any(dice, money), dice), dice),
        };
    }

    private static PerEventRule EachEvent(Dice dice)
    {
        var free = dice.Chance(50) ? dice.Number(2) : (decimal?)null;
        return dice.Chance(50)
            ? new(free, dice.Chance(70) ? dice.Number(2) + 0.01m : null)
            : new(free, Rounding: RoundingMaker.Any(dice));
    }

    private static ChargeDefinition Single(ChargeDefinition charge, PriceDefinition price, Dice dice) => charge with
    {
        Price = price,
        FreeQuantity = price.Model is not (PriceModel.Percentage or PriceModel.Dynamic) && dice.Chance(25) ? dice.Number(3) : null,
        Allowance = price.Model is not (PriceModel.Percentage or PriceModel.Dynamic) && dice.Chance(25) ? DeviceMaker.Pool(dice) : null,
    };

    private static PriceDefinition AtZero(PriceDefinition price, Dice dice) =>
        price with { FirstFlatAtZero = price.Tiers is not null && dice.Chance(15) };
}
