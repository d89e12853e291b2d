using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random lists of allowances, for charges that can have them.</summary>
internal static class AllowanceMaker
{
    private static readonly WhereClause[][] Scopes =
    [
        [], [], [new("place", ["north"])], [new("place", ["north", "south"])], [new("kind", ["sms"])],
        [new("kind", ["sms"]), new("place", ["east", "north"])],
    ];

    internal static ChargeDefinition Fit(Dice dice, ChargeDefinition charge, MeterDefinition meter)
    {
        PriceDefinition[] prices = [.. charge.Prices()];
        if (!dice.Chance(40) || charge.Price is null || meter.Kind != AggregationKind.Sum || prices.Any(p =>
            p.Model is PriceModel.Percentage or PriceModel.Dynamic || p.Matrix is { Counters: MatrixCounters.Shared }))
        {
            return charge;
        }

        ChargeAllowance[] allowances = [.. Enumerable.Range(0, dice.From(1, 5)).Select(i => One(dice, i))];
        var rows = charge.Price.Matrix is { } matrix ? matrix.Rows.Count + (matrix.Otherwise is null ? 0 : 1) : 1;
        var scopes = allowances.Where(a => a.Where.Count > 0).Select(a => a.Where).Distinct().Count();
        if (rows << scopes > PlanLimits.MaxDeviceClasses)
        {
            return charge;
        }

        return charge with
        {
            PerDevice = allowances.Any(a => a.Where.Count > 0) ? null : charge.PerDevice,
            PerLine = null,
            FreeQuantity = null,
            Allowance = null,
            Allowances = allowances,
            PoolLimitPerDevice = allowances.Any(a => a.Kind != AllowanceKind.Device) && dice.Chance(30) ? dice.Number(5) + 0.01m : null,
        };
    }

    private static ChargeAllowance One(Dice dice, int index)
    {
        var pool = DeviceMaker.Pool(dice);
        var allowance = new ChargeAllowance
        {
            Id = $"a{index}", Name = $"a{index}",
            Kind = dice.Of(AllowanceKind.Device, AllowanceKind.Flex, AllowanceKind.Fixed, AllowanceKind.Block),
            Quantity = dice.Number(5) + 0.001m, Where = dice.Of(Scopes), Priority = dice.Below(2),
        };
        if (allowance.Kind is AllowanceKind.Flex or AllowanceKind.Fixed && dice.Chance(60))
        {
            allowance = allowance with { RollOver = RollOver(dice) };
        }

        return allowance.Kind switch
        {
            AllowanceKind.Fixed => allowance with { Prorate = dice.Chance(50) },
            AllowanceKind.Block => allowance with { Price = dice.Number(4), MaxBlocks = dice.Chance(60) ? dice.From(1, 3) : null },
            _ => allowance with { Joiner = pool.Joiner, Leaver = pool.Leaver, States = pool.States },
        };
    }

    private static RollOverDefinition RollOver(Dice dice)
    {
        var least = dice.Chance(30) ? dice.Number(4) + 0.001m : (decimal?)null;
        return new(
            dice.Chance(50) ? 100m : dice.From(0, 10_000) / 100m, least,
            dice.Chance(40) ? (least ?? 0m) + dice.Number(5) + 0.001m : null, dice.From(1, 3), dice.Chance(50));
    }
}
