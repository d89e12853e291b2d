using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a plan's minimum, maximum and discounts.</summary>
internal static class PlanTermsValidator
{
    internal static void Validate(PlanDefinition plan, List<ValidationError> errors)
    {
        CheckCommitment(plan.Minimum, "/minimum", errors);
        CheckCommitment(plan.Maximum, "/maximum", errors);
        Check.Forbid(plan.Minimum?.Amount > plan.Maximum?.Amount, "/minimum/amount", "plan.minimum_above_maximum",
            "The minimum is above the maximum; swap them.", errors);
        Check.Forbid(plan is { Minimum.Prorate: false, Maximum.Prorate: true }, "/maximum/prorate",
            "plan.maximum_prorated_alone",
            "In a part of a period the maximum would fall below the minimum: prorate both, or leave the maximum whole.", errors);
        Check.Forbid(plan.Minimum?.Block == true, "/minimum/block", "plan.minimum_block",
            "A minimum ends nothing: say 'block' of the 'maximum', or leave it out.", errors);
        CheckReserved(plan, errors);
        Check.Forbid(plan.Discounts.Count > PlanLimits.MaxDiscounts, "/discounts", "plan.too_many",
            $"At most {PlanLimits.MaxDiscounts} discounts are allowed.", errors);
        var ids = plan.Charges.Select(charge => charge.Id).ToHashSet(StringComparer.Ordinal);
        var known = ids.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(plan.Discounts.Count, PlanLimits.MaxDiscounts); i++)
        {
            CheckDiscount(plan.Discounts[i], $"/discounts/{i}", ids, errors);
            Check.Forbid(!known.Add(plan.Discounts[i].Id), $"/discounts/{i}/id", "plan.discount_id_duplicate",
                "A charge or another discount has this id; give each its own.", errors);
        }
    }

    private static void CheckCommitment(CommitmentDefinition? commitment, string at, List<ValidationError> errors)
    {
        if (commitment is not null)
        {
            Check.Amount(commitment.Amount, at + "/amount", errors);
            CheckName(commitment.Name, at + "/name", errors);
        }
    }

    /// <summary>Lines of a bill are told apart by these ids.</summary>
    private static void CheckReserved(PlanDefinition plan, List<ValidationError> errors)
    {
        string[] reserved =
        [
            .. plan.Minimum is null ? [] : (string[])[CommitmentDefinition.MinimumId],
            .. plan.Maximum is null ? [] : (string[])[CommitmentDefinition.MaximumId],
        ];
        var ids = plan.Charges.Select((charge, i) => (charge.Id, At: $"/charges/{i}/id"))
            .Concat(plan.Discounts.Select((discount, i) => (discount.Id, At: $"/discounts/{i}/id")));
        foreach (var (_, at) in ids.Where(entry => reserved.Contains(entry.Id)))
        {
            errors.Add(new(at, "plan.id_reserved", "The line of the plan's minimum or maximum has this id; choose another."));
        }
    }

    private static void CheckDiscount(
        DiscountDefinition discount, string at, HashSet<string> charges, List<ValidationError> errors)
    {
        Check.Forbid(!Names.IsId(discount.Id), at + "/id", "plan.id_invalid",
            "Use 1 to 64 letters, digits, '.', '_' or '-'.", errors);
        CheckName(discount.Name, at + "/name", errors);
        Check.Forbid((discount.Percent is null) == (discount.Amount is null), at, "plan.discount_percent_or_amount",
            "Give either a 'percent' or an 'amount'.", errors);
        Check.Forbid(discount.Percent is < 0m or > 100m or { Scale: > 12 }, at + "/percent", "plan.discount_out_of_range",
            "Give 0 to 100 with at most 12 decimals.", errors);
        Check.Amount(discount.Amount, at + "/amount", errors);
        Check.Forbid(discount.Periods < 1, at + "/periods", "plan.discount_periods",
            "Give 1 or more billing periods, or leave it out for all.", errors);
        for (var i = 0; i < discount.Charges.Count; i++)
        {
            Check.Forbid(!charges.Contains(discount.Charges[i]), $"{at}/charges/{i}", "plan.discount_charge_unknown",
                "The plan has no such charge; name one of its charges.", errors);
        }
    }

    private static void CheckName(string name, string at, List<ValidationError> errors) => Check.Forbid(
        !Names.IsName(name), at, "plan.name_invalid", "Give a name of 1 to 200 characters.", errors);
}
