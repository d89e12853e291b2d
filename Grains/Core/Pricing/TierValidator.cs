using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of tiers: ascending, without gaps, each with a price.</summary>
internal static class TierValidator
{
    /// <summary>Bounds per day are multiplied by the days of a period and must stay exact.</summary>
    private const decimal MaxBoundPerDay = 1_000_000_000m;

    internal static void Validate(PriceDefinition price, string at, List<ValidationError> errors)
    {
        if (price.Tiers is not { Count: > 0 } tiers)
        {
            errors.Add(new(at, "plan.tiers_missing", "Give at least one tier; the last one has no 'upTo'."));
            return;
        }

        if (tiers.Count > PlanLimits.MaxTiers)
        {
            errors.Add(new(at, "plan.too_many", $"At most {PlanLimits.MaxTiers} tiers are allowed."));
            return;
        }

        var below = 0m;
        for (var i = 0; i < tiers.Count; i++)
        {
            CheckBound(tiers[i], below, isLast: i == tiers.Count - 1, $"{at}/{i}/upTo", errors);
            CheckPrice(tiers[i], price.Model, $"{at}/{i}", errors);
            Check.Forbid(price.TierBounds == TierBounds.PerDay && tiers[i].UpTo >= MaxBoundPerDay, $"{at}/{i}/upTo",
                "plan.quantity_out_of_range", "A bound per day is below 10^9.", errors);
            below = tiers[i].UpTo ?? below;
        }
    }

    private static void CheckBound(
        TierDefinition tier, decimal below, bool isLast, string at, List<ValidationError> errors)
    {
        if (tier.UpTo is not { } bound)
        {
            Check.Forbid(!isLast, at, "plan.tier_after_unbounded",
                "Only the last tier is unbounded: give this one an 'upTo', or remove the tiers after it.", errors);
            return;
        }

        Check.Forbid(isLast, at, "plan.tiers_gap",
            "Usage above this bound has no price: the last tier must have no 'upTo' (or null).", errors);
        Check.Quantity(bound, zeroAllowed: false, at, errors);
        Check.Forbid(bound > 0m && bound <= below, at, "plan.tiers_not_ascending",
            "The bound is not above the one before it; tiers may not overlap and must ascend.", errors);
    }

    private static void CheckPrice(TierDefinition tier, PriceModel model, string at, List<ValidationError> errors)
    {
        Check.Price(tier.UnitPrice, at + "/unitPrice", errors);
        Check.Price(tier.FlatFee, at + "/flatFee", errors);
        if (model == PriceModel.GraduatedPercentage)
        {
            Check.Forbid(tier.UnitPrice is not null, at + "/unitPrice", "plan.parameter_not_for_model",
                "A tier of value has a rate: give 'ratePercent', or use the model 'graduated'.", errors);
            Check.Percent(tier.RatePercent, negativeAllowed: false, at + "/ratePercent", errors);
            Check.Forbid(tier.RatePercent is null && tier.FlatFee is null, at, "plan.tier_price_missing",
                "Give the tier a 'ratePercent', a 'flatFee', or both; \"0\" makes it free.", errors);
            return;
        }

        Check.Forbid(tier.RatePercent is not null, at + "/ratePercent", "plan.parameter_not_for_model",
            "Only tiers of the model 'graduatedPercentage' have a rate; give 'unitPrice' here.", errors);
        if (model == PriceModel.Stairstep)
        {
            Check.Forbid(tier.UnitPrice is not null, at + "/unitPrice", "plan.parameter_not_for_model",
                "A stairstep bracket has one total price: give 'flatFee', or use the model 'volume'.", errors);
            Check.Forbid(tier.FlatFee is null, at + "/flatFee", "plan.tier_price_missing",
                "Give the bracket its price as 'flatFee'.", errors);
        }
        else
        {
            Check.Forbid(tier.UnitPrice is null && tier.FlatFee is null, at, "plan.tier_price_missing",
                "Give the tier a 'unitPrice', a 'flatFee', or both; \"0\" makes it free.", errors);
        }
    }
}
