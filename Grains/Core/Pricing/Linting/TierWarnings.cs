using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>Tiers whose prices go another way than is usual.</summary>
internal static class TierWarnings
{
    internal static void Find(PriceDefinition price, string at, List<ValidationError> warnings)
    {
        if (price.Tiers is not { Count: > 1 } tiers)
        {
            return;
        }

        switch (price.Model)
        {
            case PriceModel.Volume:
                Fall(tiers, tier => tier.UnitPrice, at, "unitPrice", warnings);
                break;
            case PriceModel.Graduated:
                Turn(tiers, tier => tier.UnitPrice, at, "unitPrice", warnings);
                break;
            case PriceModel.GraduatedPercentage:
                Turn(tiers, tier => tier.RatePercent, at, "ratePercent", warnings);
                break;
            case PriceModel.Stairstep:
                Rise(tiers, at, warnings);
                break;
        }
    }

    /// <summary>With volume tiers, one unit more makes all of them dearer.</summary>
    private static void Fall(
        IReadOnlyList<TierDefinition> tiers, Func<TierDefinition, decimal?> price, string at, string name, List<ValidationError> warnings)
    {
        for (var i = 1; i < tiers.Count; i++)
        {
            Check.Forbid((price(tiers[i]) ?? 0m) > (price(tiers[i - 1]) ?? 0m), $"{at}/tiers/{i}/{name}", "lint.tier_price_rises",
                "One unit beyond the bound makes all units dearer: if only those beyond it shall cost more, use the model 'graduated'.",
                warnings);
        }
    }

    /// <summary>Graduated prices fall (more is cheaper) or rise (more is dearer); a price that turns is often a slip.</summary>
    private static void Turn(
        IReadOnlyList<TierDefinition> tiers, Func<TierDefinition, decimal?> price, string at, string name, List<ValidationError> warnings)
    {
        var direction = 0;
        for (var i = 1; i < tiers.Count; i++)
        {
            var step = decimal.Compare(price(tiers[i]) ?? 0m, price(tiers[i - 1]) ?? 0m);
            // A free first tier is an allowance and no direction.
            if (step == 0 || (i == 1 && (price(tiers[0]) ?? 0m) == 0m))
            {
                continue;
            }

            Check.Forbid(direction == -step, $"{at}/tiers/{i}/{name}", "lint.tier_price_turns",
                "The price falls in one tier and rises in another: look for a slip in the digits, or for tiers in the wrong order.", warnings);
            direction = step;
        }
    }

    private static void Rise(IReadOnlyList<TierDefinition> tiers, string at, List<ValidationError> warnings)
    {
        for (var i = 1; i < tiers.Count; i++)
        {
            Check.Forbid(tiers[i].FlatFee < tiers[i - 1].FlatFee, $"{at}/tiers/{i}/flatFee", "lint.bracket_price_falls",
                "More usage costs less than the bracket before: the fee is the price of the whole, not of what is beyond the bound.",
                warnings);
        }
    }
}
