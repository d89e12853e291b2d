using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Reservations;

/// <summary>What a quantity costs, as a function that can be asked backwards: how much does an amount pay for?</summary>
/// <remarks>Agrees with <see cref="PriceEvaluation"/>, which prices one quantity and explains it. Quantities are in the priced unit.</remarks>
internal abstract class PriceCurve
{
    /// <summary>Beyond every quantity.</summary>
    internal const decimal Unbounded = QuantityLimits.MagnitudeBelow;

    /// <summary>The most that any quantity between the two costs; also what a tier costs that is just being entered.</summary>
    /// <param name="low">Not negative.</param>
    /// <param name="high">Not below <paramref name="low"/>.</param>
    internal abstract decimal Peak(decimal low, decimal high);

    /// <summary>
    /// The largest quantity up to which nothing from <paramref name="low"/> on costs more than the amount; <paramref name="low"/>
    /// itself where that costs more already. It is rounded to the nearest in the last of 28 digits.
    /// </summary>
    internal abstract decimal Ceiling(decimal low, decimal amount);

    /// <summary>The curve of a price; null where what events cost depends on more than their quantity.</summary>
    /// <param name="price">Of one bucket.</param>
    /// <param name="days">Of the whole period.</param>
    internal static PriceCurve? Of(PriceDefinition price, int days) => price.Model switch
    {
        PriceModel.Flat => new TierCurve([new(0m, null, price.Amount!.Value, 0m)], 0m),
        PriceModel.PerUnit => new TierCurve([new(0m, null, 0m, price.UnitPrice!.Value)], 0m),
        PriceModel.Package => new PackageCurve(price.FreeUnits ?? 0m, price.PackageSize!.Value, price.PackagePrice!.Value),
        PriceModel.Graduated or PriceModel.GraduatedPercentage => TierCurve.Graduated(price, days),
        PriceModel.Volume or PriceModel.Stairstep => TierCurve.Volume(price, days),
        _ => null,
    };
}
