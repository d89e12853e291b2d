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

    internal static IEnumerable<PriceModel> Models => Makers.Keys;

    internal static PriceDefinition Any(Dice dice) => Makers[dice.Of([.. Makers.Keys])](dice);

    internal static decimal Signed(Dice dice) => dice.Chance(5) ? -dice.Number() : dice.Number();

    private static PriceDefinition Tiered(Dice dice, PriceModel model)
    {
        var tiers = new List<TierDefinition>();
        var bound = 0m;
        for (var left = dice.Below(4); left >= 0; left--)
        {
            bound += dice.Number(4) + 0.001m;
            var fee = model == PriceModel.Stairstep || dice.Chance(40) ? dice.Number() : (decimal?)null;
            var unit = model == PriceModel.Stairstep || (fee is not null && dice.Chance(30)) ? (decimal?)null : dice.Number();
            tiers.Add(new(left == 0 ? null : bound, unit, fee));
        }

        return new()
        {
            Model = model, Tiers = tiers, TierBounds = dice.Chance(15) ? TierBounds.PerDay : TierBounds.Period,
        };
    }
}
