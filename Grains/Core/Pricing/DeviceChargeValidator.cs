using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of charges per device and of pooled allowances.</summary>
internal static class DeviceChargeValidator
{
    internal static void Validate(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        CheckAllowance(charge, at + "/allowance", errors);
        Check.Forbid(charge.States.Count > 0 && !charge.IsPerDevice, at + "/states", "plan.per_device_only",
            "Only charges per device have this: set 'per' to 'device', or leave it out.", errors);
        CheckDistinct(charge.States.Count, charge.States.Distinct().Count(), at + "/states", errors);
        CheckFromStates(charge, at + "/fromStates", errors);
        if (charge.IsPerDevice && charge.Price is { } price)
        {
            CheckModel(charge, price.Model, at, errors);
        }
    }

    private static void CheckFromStates(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        CheckDistinct(charge.FromStates.Count, charge.FromStates.Distinct().Count(), at, errors);
        Check.Forbid(
            charge.FromStates.Count > 0 && !(charge.IsPerDevice && charge.Kind == ChargeKind.OneTime), at, "plan.transition_only",
            "Only one-time charges per device are due for changes of state: set 'kind' to 'oneTime' and 'per' to 'device', or leave it out.",
            errors);
        Check.Forbid(
            charge.FromStates.Any(state => (charge.States is [] ? [LifecycleState.Active] : charge.States).Contains(state)), at,
            "plan.states_overlap", "A change leads to another state: name no state that is in 'states' (active when left out).", errors);
    }

    private static void CheckModel(ChargeDefinition charge, PriceModel model, string at, List<ValidationError> errors)
    {
        Check.Forbid(model == PriceModel.PerUnit, at + "/unitPrice", "plan.model_not_for_kind",
            "Give the price of one device as 'amount'.", errors);
        Check.Forbid(charge.Kind == ChargeKind.OneTime && model != PriceModel.Flat, at + "/model",
            "plan.model_not_for_kind", "A one-time charge per device has the model 'flat' with an 'amount'.", errors);
        Check.Forbid(
            charge.Kind == ChargeKind.Recurring && model is not (PriceModel.Flat or PriceModel.PerUnit)
                && charge.Proration != RecurringProration.None,
            at + "/proration", "plan.tiers_prorated",
            "Tiers count whole devices: set 'proration' to 'none', or give one 'amount' per device.", errors);
    }

    private static void CheckAllowance(ChargeDefinition charge, string at, List<ValidationError> errors)
    {
        if (charge.Allowance is not { } allowance)
        {
            return;
        }

        Check.Forbid(charge.Kind != ChargeKind.Usage, at, "plan.usage_only",
            "Only usage charges have this: set kind to 'usage', or leave it out.", errors);
        Check.Forbid(charge.Kind == ChargeKind.Usage && charge.Price is null, at, "plan.free_quantity_with_time",
            "With prices by time it is not clear which price the allowance takes; leave it out.", errors);
        Check.Quantity(allowance.PerDevice, zeroAllowed: false, at + "/perDevice", errors);
        CheckDistinct(allowance.States.Count, allowance.States.Distinct().Count(), at + "/states", errors);
    }

    private static void CheckDistinct(int given, int distinct, string at, List<ValidationError> errors) => Check.Forbid(
        given != distinct, at, "plan.state_duplicate", "A state is named twice; name it once.", errors);
}
