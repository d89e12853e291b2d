using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>What is allowed in a plan but seldom meant. Every warning has a code and says what to do.</summary>
public static class PlanWarnings
{
    /// <summary>The warnings of a valid plan.</summary>
    /// <param name="plan">Has no errors.</param>
    /// <param name="meter">Finds a meter; null when meters are not known.</param>
    public static IReadOnlyList<ValidationError> Of(PlanDefinition plan, Func<string, MeterDefinition?>? meter)
    {
        var warnings = new List<ValidationError>();
        for (var i = 0; i < plan.Charges.Count; i++)
        {
            var (charge, at) = (plan.Charges[i], $"/charges/{i}");
            Unit(charge, at, metersKnown: meter is not null, warnings);
            Idle(charge, at, warnings);
            AllowanceWarnings.Find(charge, at, warnings);
            DimensionWarnings.Find(charge, at, plan.Lookups, charge.Meter is { } id ? meter?.Invoke(id) : null, warnings);
            foreach (var (price, priceAt) in ChargePrices.Of(charge, at))
            {
                TierWarnings.Find(price, priceAt, warnings);
            }

            if (charge.TimeOfUse is { } timeOfUse)
            {
                WindowWarnings.Find(timeOfUse, at + "/timeOfUse", warnings);
            }
        }

        IdleTrial(plan, warnings);
        Unpriced(plan, warnings);
        Covered(plan, warnings);
        Activation(plan, warnings);
        return warnings;
    }

    /// <summary>A price for a byte and one for a gigabyte look alike.</summary>
    private static void Unit(ChargeDefinition charge, string at, bool metersKnown, List<ValidationError> warnings) => Check.Forbid(
        !metersKnown && charge is { Kind: ChargeKind.Usage, Unit: null, Of: UsageBasis.Value }
            && !ChargePrices.Of(charge, at).All(p => p.Price.Model == PriceModel.Flat || p.Price.Model.IsOfMoney()),
        at, "lint.unit_missing",
        "The price is for one unit of the meter, which is not known here: add 'unit' to the charge, or give the meters.", warnings);

    private static void Idle(ChargeDefinition charge, string at, List<ValidationError> warnings)
    {
        const string Code = "lint.never_charges";
        Check.Forbid(charge.Maximum == 0m, at + "/maximum", Code,
            "With a maximum of 0 this charge is never charged: remove it, or the maximum.", warnings);
        Check.Forbid(charge is { DiscountPercent: 100m, Minimum: null or 0m }, at + "/discountPercent", Code,
            "All of it is discounted: remove the charge, or mend the percentage.", warnings);
        Check.Forbid(charge.Kind != ChargeKind.Usage && charge.Price is { Model: PriceModel.Flat, Amount: 0m }
            && charge.Minimum is null or 0m, at + "/amount", Code, "A fee of 0 is never charged: give an amount, or remove it.", warnings);
    }

    /// <summary>A trial takes fees off, and usage where it says so.</summary>
    private static void IdleTrial(PlanDefinition plan, List<ValidationError> warnings) => Check.Forbid(
        plan is { Trial.Usage: UsageInTrial.Billed, Minimum: null } && plan.Charges.All(charge => charge.Kind != ChargeKind.Recurring),
        "/trial", "lint.trial_takes_nothing",
        "The plan has no recurring fee, and usage in its trial is billed, so that the trial takes nothing off: make its usage free, or "
        + "leave it out.", warnings);

    /// <summary>Usage that no filter of its meter's charges wants is accepted, and free.</summary>
    private static void Unpriced(PlanDefinition plan, List<ValidationError> warnings)
    {
        var byMeter = plan.Charges.Select((charge, i) => (Charge: charge, At: $"/charges/{i}"))
            .Where(c => c.Charge.Kind == ChargeKind.Usage).GroupBy(c => c.Charge.Meter, StringComparer.Ordinal);
        foreach (var charges in byMeter.Where(group => group.All(c => c.Charge.IsFiltered)))
        {
            warnings.Add(new(charges.First().At + "/where", "lint.usage_unpriced",
                $"Every charge of the meter '{charges.Key}' has a 'where': usage that fits none is free. Add a charge for the rest, or "
                    + "use a matrix with 'otherwise'."));
        }
    }

    /// <summary>A device that becomes active by itself comes from test or activationReady.</summary>
    private static void Activation(PlanDefinition plan, List<ValidationError> warnings)
    {
        for (var i = 0; i < plan.Charges.Count; i++)
        {
            var charge = plan.Charges[i];
            var missed = plan.DeviceStates.Select(rule => rule.State).FirstOrDefault(
                state => state.Activates() && charge.FromStates.Count > 0 && charge.States.Contains(LifecycleState.Active)
                    && charge.FromStates.Contains(LifecycleState.Inventory) && !charge.FromStates.Contains(state), LifecycleState.Active);
            Check.Forbid(missed != LifecycleState.Active, $"/charges/{i}/fromStates", "lint.activation_missed",
                $"A device that becomes active from {LifecycleStates.Word(missed)} is not charged, one from inventory is: name both, or leave "
                + "the fee as it is if the activation is free then.", warnings);
        }
    }

    /// <summary>Fees that reach the maximum by themselves leave usage without a price.</summary>
    private static void Covered(PlanDefinition plan, List<ValidationError> warnings)
    {
        var fees = plan.Charges.Where(charge => charge is { Kind: ChargeKind.Recurring, Per: RecurringPer.Period, Price: not null })
            .Sum(charge => Math.Max((charge.Price!.Amount ?? 0m) * (1m - ((charge.DiscountPercent ?? 0m) / 100m)), charge.Minimum ?? 0m));
        Check.Forbid(plan.Maximum is { } maximum && fees >= maximum.Amount && plan.Charges.Any(c => c.Kind == ChargeKind.Usage),
            "/maximum/amount", "lint.maximum_below_fees",
            "The recurring fees alone reach the maximum, so that usage is never charged: raise it, or cap the usage charges instead.",
            warnings);
    }
}
