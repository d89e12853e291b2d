using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>Prices that every event causes by itself, whatever else was used.</summary>
internal static class LinearPrice
{
    /// <summary>Major units per unit of the meter, after discount; null when the charge depends on the period's total
    /// or when there is no finite decimal.</summary>
    internal static decimal? Of(PriceDefinition? price, CompiledCharge charge)
    {
        if (price is not { Model: PriceModel.PerUnit, UnitPrice: { } unitPrice } || charge.MeterUnit is null
            || charge.Definition.FreeQuantity is > 0m || charge.Definition.Allowance is not null || charge.Allowances is not null
            || charge.Definition.PerLine is not null || Ratio(charge) is not { } ratio
            || !ExactMath.TryMultiply(unitPrice, ratio, out var perMeterUnit))
        {
            return null;
        }

        return Discounted(perMeterUnit, charge);
    }

    /// <summary>An amount after the charge's discount; null when minimum or maximum may change it.</summary>
    internal static decimal? Discounted(decimal amount, CompiledCharge charge)
    {
        var definition = charge.Definition;
        if (definition.Minimum is > 0m || definition.Maximum is not null)
        {
            return null;
        }

        if (definition.DiscountPercent is not { } percent || percent == 0m)
        {
            return amount;
        }

        return ExactMath.TryMultiply(amount, (100m - percent) * 0.01m, out var rest) ? rest : null;
    }

    /// <summary>Priced units per unit of the meter; null when there is no finite decimal.</summary>
    internal static decimal? Ratio(CompiledCharge charge)
    {
        if (charge.IsAverage || charge.MeterUnit is not { } metered || charge.PricedUnit is not { } priced)
        {
            return null;
        }

        return UnitRatio.TryExact(metered, priced, out var ratio) ? ratio : null;
    }
}
