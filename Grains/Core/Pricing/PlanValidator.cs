using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a plan must be before it is published.</summary>
public static class PlanValidator
{
    /// <summary>Most errors listed; a plan generated wrongly would otherwise have one per entry.</summary>
    public const int MaxErrors = 100;

    /// <summary>Everything wrong with a plan, at most <see cref="MaxErrors"/>; empty when nothing is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="meter">Finds a meter by id; null when there is none.</param>
    public static IReadOnlyList<ValidationError> Validate(PlanDefinition plan, Func<string, MeterDefinition?> meter)
    {
        var errors = new List<ValidationError>();
        CheckHead(plan, errors);
        CheckCount(plan.Charges.Count, errors);
        LookupValidator.Validate(plan.Lookups, errors);
        PlanTermsValidator.Validate(plan, errors);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(plan.Charges.Count, PlanLimits.MaxCharges) && errors.Count < MaxErrors; i++)
        {
            var charge = plan.Charges[i];
            var pointer = $"/charges/{i}";
            if (!ids.Add(charge.Id))
            {
                errors.Add(new(pointer + "/id", "plan.charge_id_duplicate",
                    "Another charge has this id; give each its own."));
            }

            ChargeValidator.Validate(charge, pointer, meter, errors);
            PriceUseValidator.Validate(
                charge, plan.Currency, pointer, charge.Meter is { } id ? meter(id) : null, errors);
        }

        DeviceStateValidator.Validate(plan, meter, errors);
        LifecycleValidator.Validate(plan, meter, errors);

        return errors.Count <= MaxErrors ? errors : errors[..MaxErrors];
    }

    private static void CheckHead(PlanDefinition plan, List<ValidationError> errors)
    {
        if (!Names.IsId(plan.Id))
        {
            errors.Add(new("/id", "plan.id_invalid", "Use 1 to 64 letters, digits, '.', '_' or '-'."));
        }

        if (!Names.IsName(plan.Name))
        {
            errors.Add(new("/name", "plan.name_invalid", "Give a name of 1 to 200 characters."));
        }

        if (!Currency.TryParse(plan.Currency, out _))
        {
            errors.Add(new("/currency", "plan.currency_unknown",
                "Use an ISO 4217 code in capital letters, such as EUR."));
        }

        if (plan.Cycle.Count is < 1 or > BillingCycle.MaxCount)
        {
            errors.Add(new("/cycle/count", "plan.cycle_count", $"Use 1 to {BillingCycle.MaxCount}."));
        }
    }

    private static void CheckCount(int charges, List<ValidationError> errors)
    {
        if (charges == 0)
        {
            errors.Add(new("/charges", "plan.charges_missing", "Give at least one charge."));
        }
        else if (charges > PlanLimits.MaxCharges)
        {
            errors.Add(new("/charges", "plan.too_many", $"At most {PlanLimits.MaxCharges} charges are allowed."));
        }
    }
}
