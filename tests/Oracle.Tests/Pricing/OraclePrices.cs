using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What a quantity costs, by model. A new model is one more line here and one more method.</summary>
internal static class OraclePrices
{
    internal delegate Rational Model(PriceDefinition price, Rational quantity, int days);

    internal static readonly IReadOnlyDictionary<PriceModel, Model> Models = new Dictionary<PriceModel, Model>
    {
        [PriceModel.Flat] = (price, quantity, _) => quantity.IsZero ? 0 : price.Amount!.Value,
        [PriceModel.PerUnit] = (price, quantity, _) => quantity * price.UnitPrice!.Value,
        [PriceModel.Graduated] = Graduated,
        [PriceModel.Volume] = Whole,
        [PriceModel.Stairstep] = Whole,
        [PriceModel.Package] = Package,
    };

    internal static Rational Of(PriceDefinition price, Rational quantity, int days) =>
        Models[price.Model](price, quantity, days);

    /// <summary>A tier is entered when there is more than the bound below it.</summary>
    private static Rational Graduated(PriceDefinition price, Rational quantity, int days)
    {
        Rational sum = 0;
        Rational below = 0;
        for (var i = 0; i < price.Tiers!.Count; i++)
        {
            var tier = price.Tiers[i];
            var above = Bound(price, tier, days) ?? Rational.Max(quantity, below);
            sum += (Rational.Min(quantity, above) - Rational.Min(quantity, below)) * (tier.UnitPrice ?? 0m);
            sum += quantity > below || (i == 0 && price.FirstFlatAtZero) ? tier.FlatFee ?? 0m : 0m;
            below = above;
        }

        return sum;
    }

    /// <summary>The first tier whose bound is not exceeded prices everything.</summary>
    private static Rational Whole(PriceDefinition price, Rational quantity, int days)
    {
        var tier = price.Tiers!.First(t => Bound(price, t, days) is not { } bound || quantity <= bound);
        return quantity.IsZero && !price.FirstFlatAtZero ? 0 : (quantity * (tier.UnitPrice ?? 0m)) + (tier.FlatFee ?? 0m);
    }

    private static Rational Package(PriceDefinition price, Rational quantity, int days)
    {
        var charged = Rational.Max(0, quantity - (price.FreeUnits ?? 0m)) / price.PackageSize!.Value;
        return new Rational(charged.Ceiling(), 1) * price.PackagePrice!.Value;
    }

    private static Rational? Bound(PriceDefinition price, TierDefinition tier, int days) => tier.UpTo is { } bound
        ? (Rational)bound * (price.TierBounds == TierBounds.PerDay ? days : 1)
        : null;
}
