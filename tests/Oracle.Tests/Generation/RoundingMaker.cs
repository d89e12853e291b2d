using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random aggregations, and roundings of quantities where the price allows them.</summary>
internal static class RoundingMaker
{
    internal static MeterDefinition Meter(Dice dice, string id, string unit)
    {
        var aggregation = dice.Chance(60) ? "sum" : dice.Of("count", "max", "min", "latest", "unique");
        var merges = aggregation is not ("sum" or "count");
        return new(
            id, id, unit, aggregation, Per: merges && dice.Chance(50) ? MeterDefinition.PerDevice : null,
            UniqueOf: aggregation == "unique" ? "session" : null);
    }

    /// <summary>What the validator has rules for: not every rounding fits every meter and price.</summary>
    internal static ChargeDefinition Fit(Dice dice, ChargeDefinition charge, MeterDefinition meter)
    {
        PriceDefinition[] prices = [.. charge.Prices()];
        var direct = charge.Schedule is { Bands.Count: 0 };
        var merges = charge.Of == UsageBasis.Value && meter.Kind != AggregationKind.Sum;
        var rounds = !direct && !prices.Any(p => p.Model == PriceModel.Dynamic || p.FixedFee is not null || p.PricesEvents);
        var shared = prices.Any(p => p.Matrix is { Counters: MatrixCounters.Shared });
        return charge with
        {
            PerEvent = meter.Aggregation is "count" or "unique" ? null : charge.PerEvent,
            PerDevice = rounds && dice.Chance(12) ? Any(dice) : null,
            PerLine = rounds && !shared && dice.Chance(12) ? Any(dice) : null,
            Schedule = direct && merges ? null : charge.Schedule,
            Price = direct && merges ? PriceMaker.Any(dice) : charge.Price,
        };
    }

    internal static QuantityRounding Any(Dice dice) => new(
        dice.Number(3) + 0.01m, dice.Of(RoundingMode.Up, RoundingMode.Down, RoundingMode.HalfUp, RoundingMode.HalfEven),
        dice.Chance(40) ? dice.Number(2) + 0.1m : null);
}
