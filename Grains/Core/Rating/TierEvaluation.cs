using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Graduated tiers, volume tiers and brackets.</summary>
internal static class TierEvaluation
{
    /// <summary>Each unit at the price of the tier it falls into, and the flat fee of every tier entered.</summary>
    /// <remarks>Where others come before it, the quantity begins behind them, and a tier's fee is due to whoever enters
    /// it.</remarks>
    internal static void Graduated(
        PriceDefinition price, decimal quantity, TierPlace place, int days, string label, string unit, StepList steps)
    {
        var from = 0m;
        var end = place.EndOf(quantity);
        for (var i = 0; i < price.Tiers!.Count; i++)
        {
            var tier = price.Tiers[i];
            var to = Bound(price, tier, days);
            var begin = Math.Max(from, place.From);
            var reached = end > begin;
            if (reached && (to is null || begin < to))
            {
                var units = ExactMath.Subtract(to is { } bound ? Math.Min(end, bound) : end, begin);
                Units(tier, units, Range(from, to, unit), label, steps);
            }

            var entered = reached && place.From <= from && end > from;
            if (tier.FlatFee is { } fee && (entered || (i == 0 && price.FirstFlatAtZero)))
            {
                steps.Fixed($"{label}flat fee of {Range(from, to, unit)}", fee, StepKinds.FlatFee);
            }

            if (!reached || to is null)
            {
                return;
            }

            from = to.Value;
        }
    }

    /// <summary>All units at the price of the tier that holds the whole quantity, and its flat fee.</summary>
    internal static void Volume(
        PriceDefinition price, decimal quantity, TierPlace place, int days, string label, string unit, StepList steps)
    {
        if (quantity <= 0m && !price.FirstFlatAtZero)
        {
            return;
        }

        var from = 0m;
        foreach (var tier in price.Tiers!)
        {
            var to = Bound(price, tier, days);
            if (to is null || place.All <= to)
            {
                Whole(tier, quantity, Range(from, to, unit), label, unit, steps);
                return;
            }

            from = to.Value;
        }
    }

    private static void Units(TierDefinition tier, decimal units, string range, string label, StepList steps)
    {
        if (tier.UnitPrice is { } unitPrice)
        {
            steps.Price(label + range, units, unitPrice, StepKinds.Tier);
        }
        else if (tier.RatePercent is { } rate)
        {
            steps.Price($"{label}{DecimalText.Format(rate)} %, {range}", units, EventPrice.Share(rate), StepKinds.Tier);
        }
    }

    private static void Whole(
        TierDefinition tier, decimal quantity, string range, string label, string unit, StepList steps)
    {
        if (tier.UnitPrice is { } unitPrice && quantity > 0m)
        {
            var text = $"{label}all {PriceEvaluation.Count(quantity, unit)} at the price of {range}";
            steps.Price(text, quantity, unitPrice, StepKinds.Tier);
        }

        if (tier.FlatFee is { } fee)
        {
            steps.Fixed($"{label}flat fee of {range}", fee, StepKinds.FlatFee);
        }
    }

    /// <summary>Where a tier ends; null for the last one.</summary>
    internal static decimal? Bound(PriceDefinition price, TierDefinition tier, int days) =>
        tier.UpTo is { } bound && price.TierBounds == TierBounds.PerDay ? ExactMath.Multiply(bound, days) : tier.UpTo;

    private static string Range(decimal from, decimal? to, string unit)
    {
        if (to is not { } bound)
        {
            return from == 0m ? "every unit" : $"above {PriceEvaluation.Count(from, unit)}";
        }

        return from == 0m
            ? $"first {PriceEvaluation.Count(bound, unit)}"
            : $"above {DecimalText.Format(from)} to {PriceEvaluation.Count(bound, unit)}";
    }
}
