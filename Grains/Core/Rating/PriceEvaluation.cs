using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>From a quantity to an amount, by price model.</summary>
/// <remarks>Rules: semantics 1 and 9. Tiers are <c>(from, to]</c>; no quantity, no flat fee, unless the price says
/// so.</remarks>
internal static class PriceEvaluation
{
    /// <summary>Adds the steps of a price.</summary>
    /// <param name="price">The price.</param>
    /// <param name="quantity">In the priced unit.</param>
    /// <param name="total">The bucket's usage, for models that price events.</param>
    /// <param name="place">Where the quantity stands in the tiers.</param>
    /// <param name="days">Local days of the whole period, for bounds per day.</param>
    /// <param name="label">Begins every text (the window's name), or is empty.</param>
    /// <param name="unit">The priced unit, for texts.</param>
    /// <param name="steps">Takes the steps.</param>
    internal static void Evaluate(
        PriceDefinition price, decimal quantity, BucketTotal total, TierPlace place, int days, string label, string unit,
        StepList steps)
    {
        switch (price.Model)
        {
            case PriceModel.Flat:
                Flat(price, quantity, label, steps);
                break;
            case PriceModel.PerUnit:
                steps.Price($"{label}{Count(quantity, unit)}", quantity, price.UnitPrice!.Value);
                break;
            case PriceModel.Package:
                Package(price, quantity, label, unit, steps);
                break;
            case PriceModel.Graduated:
            case PriceModel.GraduatedPercentage:
                TierEvaluation.Graduated(price, quantity, place, days, label, unit, steps);
                break;
            case PriceModel.Volume:
            case PriceModel.Stairstep:
                TierEvaluation.Volume(price, quantity, place, days, label, unit, steps);
                break;
            case PriceModel.Percentage or PriceModel.Dynamic when price.PricesEvents:
                PercentageEvaluation.ByEvent(price, total, label, unit, steps);
                break;
            case PriceModel.Percentage:
                PercentageEvaluation.Percentage(price, quantity, total.Events, label, unit, steps);
                break;
            case PriceModel.Dynamic:
                PercentageEvaluation.Dynamic(price, quantity, label, unit, steps);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(price), price.Model, "No such price model.");
        }
    }

    internal static string Count(decimal quantity, string unit) =>
        unit is "" or "1" ? DecimalText.Format(quantity) : $"{DecimalText.Format(quantity)} {unit}";

    private static void Flat(PriceDefinition price, decimal quantity, string label, StepList steps)
    {
        if (quantity != 0m)
        {
            steps.Fixed(label + "fixed amount", price.Amount!.Value, StepKinds.Price);
        }
    }

    private static void Package(PriceDefinition price, decimal quantity, string label, string unit, StepList steps)
    {
        var free = price.FreeUnits ?? 0m;
        var size = price.PackageSize!.Value;
        if (free > 0m)
        {
            steps.Add($"{label}first {Count(free, unit)} free", Math.Min(quantity, free), 0m, 0m, StepKinds.Free);
        }

        var packages = CeilingDivide(Math.Max(0m, ExactMath.Subtract(quantity, free)), size);
        var text = $"{label}{DecimalText.Format(packages)} packages of {Count(size, unit)}";
        steps.Add(text, packages, price.PackagePrice,
            ExactMath.Multiply(packages, price.PackagePrice!.Value), StepKinds.Price);
    }

    /// <summary>Whole packages, exact: the remainder of decimals is exact, a quotient need not be.</summary>
    private static decimal CeilingDivide(decimal quantity, decimal size)
    {
        var remainder = quantity % size;
        var whole = decimal.Truncate((quantity - remainder) / size);
        return remainder > 0m ? whole + 1m : whole;
    }
}
