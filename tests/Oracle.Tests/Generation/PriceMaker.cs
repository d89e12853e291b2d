using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random prices, by model. A new model is one more line.</summary>
internal static class PriceMaker
{
    private static readonly Dictionary<PriceModel, Func<Dice, PriceDefinition>> Makers = new()
    {
        [PriceModel.Flat] = dice => new() { Model = PriceModel.Flat, Amount = Signed(dice) },
        [PriceModel.PerUnit] = dice => new() { Model = PriceModel.PerUnit, UnitPrice = Signed(dice) },
        [PriceModel.Graduated] = dice => Tiered(dice, PriceModel.Graduated),
        [PriceModel.Volume] = dice => Tiered(dice, PriceModel.Volume),
        [PriceModel.Stairstep] = dice => Tiered(dice, PriceModel.Stairstep),
        [PriceModel.Package] = dice => new()
        {
            Model = PriceModel.Package, PackageSize = dice.Number(4) + 0.001m, PackagePrice = dice.Number(),
            FreeUnits = dice.Chance(40) ? dice.Number(3) : null,
        },
    };

    /// <summary>Of usage that is money in the plan's currency.</summary>
    private static readonly Dictionary<PriceModel, Func<Dice, PriceDefinition>> MoneyMakers = new()
    {
        [PriceModel.Percentage] = Percentage,
        [PriceModel.GraduatedPercentage] = dice => Tiered(dice, PriceModel.GraduatedPercentage),
        [PriceModel.Dynamic] = dice => Limited(
            new() { Model = PriceModel.Dynamic, MarkupPercent = dice.Chance(70) ? dice.From(-10_000, 100_000) / 100m : null }, dice),
    };

    internal static IEnumerable<PriceModel> Models => Makers.Keys.Concat(MoneyMakers.Keys).Append(PriceModel.Matrix);

    internal static PriceDefinition Any(Dice dice, bool money = false) =>
        money && dice.Chance(80) ? MoneyMakers[dice.Of([.. MoneyMakers.Keys])](dice) : Makers[dice.Of([.. Makers.Keys])](dice);

    /// <summary>Tiers of whole devices.</summary>
    internal static PriceDefinition Tiers(Dice dice) =>
        Tiered(dice, dice.Of(PriceModel.Graduated, PriceModel.Volume, PriceModel.Stairstep), dice.From(1, 2));

    internal static decimal Signed(Dice dice) => dice.Chance(5) ? -dice.Number() : dice.Number();

    private static PriceDefinition Percentage(Dice dice)
    {
        var fee = dice.Chance(60) ? dice.Number(3) : (decimal?)null;
        var price = new PriceDefinition
        {
            Model = PriceModel.Percentage, RatePercent = dice.From(0, 10_000) / 100m, FixedFee = fee,
        };
        return dice.Chance(50)
            ? Limited(price, dice)
            : price with
            {
                FreeEvents = fee is not null && dice.Chance(40) ? dice.From(0, 5) : null,
                FreeAmount = dice.Chance(40) ? dice.Number() : null,
            };
    }

    private static PriceDefinition Limited(PriceDefinition price, Dice dice)
    {
        var least = dice.Chance(50) ? dice.Number(3) : (decimal?)null;
        return price with
        {
            MinimumPerEvent = least, MaximumPerEvent = dice.Chance(50) ? (least ?? 0m) + dice.Number(4) : null,
        };
    }

    private static PriceDefinition Tiered(Dice dice, PriceModel model, decimal step = 0m)
    {
        var tiers = new List<TierDefinition>();
        var bound = 0m;
        for (var left = dice.Below(4); left >= 0; left--)
        {
            bound += step > 0m ? step : dice.Number(4) + 0.001m;
            var fee = model == PriceModel.Stairstep || dice.Chance(40) ? dice.Number() : (decimal?)null;
            var unit = model == PriceModel.Stairstep || (fee is not null && dice.Chance(30)) ? (decimal?)null : dice.Number();
            tiers.Add(model == PriceModel.GraduatedPercentage
                ? new(left == 0 ? null : bound, null, fee, fee is not null && unit is null ? null : dice.From(0, 10_000) / 100m)
                : new(left == 0 ? null : bound, unit, fee));
        }

        return new()
        {
            Model = model, Tiers = tiers, TierBounds = step == 0m && dice.Chance(15) ? TierBounds.PerDay : TierBounds.Period,
        };
    }
}
