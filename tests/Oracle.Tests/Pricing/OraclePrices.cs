using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What a quantity costs, by model. A new model is one more line here and one more method.</summary>
internal static class OraclePrices
{
    internal delegate Rational Model(PriceDefinition price, OracleUse use, int days);

    internal static readonly IReadOnlyDictionary<PriceModel, Model> Models = new Dictionary<PriceModel, Model>
    {
        [PriceModel.Flat] = (price, use, _) => use.Quantity.IsZero ? 0 : price.Amount!.Value,
        [PriceModel.PerUnit] = (price, use, _) => use.Quantity * price.UnitPrice!.Value,
        [PriceModel.Graduated] = (price, use, days) => Graduated(price, use.Quantity, days),
        [PriceModel.Volume] = (price, use, days) => Whole(price, use.Quantity, days),
        [PriceModel.Stairstep] = (price, use, days) => Whole(price, use.Quantity, days),
        [PriceModel.Package] = (price, use, _) => Package(price, use.Quantity),
        [PriceModel.Percentage] = (price, use, _) => Percentage(price, use),
        [PriceModel.GraduatedPercentage] = (price, use, days) => Graduated(price, use.Quantity, days),
        [PriceModel.Dynamic] = (price, use, _) => Dynamic(price, use),
    };

    internal static Rational Of(PriceDefinition price, OracleUse use, int days) => Models[price.Model](price, use, days);

    /// <summary>Usage that comes to nothing costs nothing, but where a fee at zero or for each event says so.</summary>
    internal static Rational OfUsed(PriceDefinition price, OracleUse use, int days) =>
        use.Quantity.IsZero && !price.FirstFlatAtZero && price.Model is not (PriceModel.Percentage or PriceModel.Dynamic)
            ? 0
            : Of(price, use, days);

    /// <summary>What a unit of the tier costs, or one of money.</summary>
    internal static Rational Unit(TierDefinition tier) => tier.UnitPrice ?? ((tier.RatePercent ?? 0m) * 0.01m);

    /// <summary>A tier is entered when there is more than the bound below it.</summary>
    private static Rational Graduated(PriceDefinition price, Rational quantity, int days)
    {
        Rational sum = 0;
        Rational below = 0;
        for (var i = 0; i < price.Tiers!.Count; i++)
        {
            var tier = price.Tiers[i];
            var above = Bound(price, tier, days) ?? Rational.Max(quantity, below);
            sum += (Rational.Min(quantity, above) - Rational.Min(quantity, below)) * Unit(tier);
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

    private static Rational Package(PriceDefinition price, Rational quantity)
    {
        var charged = Rational.Max(0, quantity - (price.FreeUnits ?? 0m)) / price.PackageSize!.Value;
        return new Rational(charged.Ceiling(), 1) * price.PackagePrice!.Value;
    }

    /// <summary>With limits each event by itself; else fee and rate spare what is free of the period's totals.</summary>
    private static Rational Percentage(PriceDefinition price, OracleUse use)
    {
        var rate = (Rational)price.RatePercent!.Value / 100;
        Rational fee = price.FixedFee ?? 0m;
        if (price.MinimumPerEvent is not null || price.MaximumPerEvent is not null)
        {
            return use.Events.Aggregate((Rational)0, (sum, value) => sum + Limited(price, (value * rate) + fee));
        }

        return (Rational.Max(0, use.Events.Count - (Rational)(price.FreeEvents ?? 0m)) * fee)
            + (Rational.Max(0, use.Quantity - (price.FreeAmount ?? 0m)) * rate);
    }

    private static Rational Dynamic(PriceDefinition price, OracleUse use)
    {
        var factor = 1 + ((Rational)(price.MarkupPercent ?? 0m) / 100);
        return use.Events.Aggregate((Rational)0, (sum, value) => sum + Limited(price, value * factor));
    }

    private static Rational Limited(PriceDefinition price, Rational amount)
    {
        amount = price.MaximumPerEvent is { } most ? Rational.Min(amount, most) : amount;
        return price.MinimumPerEvent is { } least ? Rational.Max(amount, least) : amount;
    }

    internal static Rational? Bound(PriceDefinition price, TierDefinition tier, int days) => tier.UpTo is { } bound
        ? (Rational)bound * (price.TierBounds == TierBounds.PerDay ? days : 1)
        : null;
}
