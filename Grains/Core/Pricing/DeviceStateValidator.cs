using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The rules of a plan's <c>deviceStates</c>.</summary>
internal static class DeviceStateValidator
{
    internal static void Validate(
        PlanDefinition plan, Func<string, MeterDefinition?> meter, List<ValidationError> errors)
    {
        var rules = plan.DeviceStates;
        for (var i = 0; i < rules.Count && errors.Count < PlanValidator.MaxErrors; i++)
        {
            var at = $"/deviceStates/{i}";
            Check.Forbid(rules.Take(i).Any(r => r.State == rules[i].State), at + "/state", "plan.device_state_duplicate",
                "There is a rule for this state already.", errors);
            Validate(rules[i], at, errors);
            Validate(rules[i].Free, at + "/free", plan, meter, errors);
        }
    }

    private static void Validate(DeviceStateRule rule, string at, List<ValidationError> errors)
    {
        var word = LifecycleStates.Word(rule.State);
        var keeps = rule.State is LifecycleState.Inventory or LifecycleState.Standby or LifecycleState.Suspended;
        Check.Forbid(rule.State is LifecycleState.Active or LifecycleState.Terminated, at + "/state", "plan.device_state_fixed",
            $"Usage of a device that is {word} has no rule: it is always billed when active, never when terminated.", errors);
        Check.Forbid(keeps && rule.Usage is null, at + "/usage", "plan.device_state_usage",
            "Say what becomes of usage in this state: billed or quarantined.", errors);
        Check.Forbid(!keeps && rule.Usage is not null, at + "/usage", "plan.device_state_usage",
            $"Usage of a device that is {word} is not decided by a rule; leave it out.", errors);
        Check.Forbid(rule.Free.Count > 0 && rule.State != LifecycleState.Test, at + "/free", "plan.device_state_free",
            "Something is free only in the state test.", errors);
        Check.Forbid(rule is { ActivateAfterDays: not null, ActivateAfterMonths: not null }, at + "/activateAfterMonths",
            "plan.device_state_time", "Give days or months, not both.", errors);
        Check.Forbid(!rule.State.Activates() && (rule.ActivateAfterDays ?? rule.ActivateAfterMonths) is not null, at,
            "plan.device_state_time", "Only a device in test or activationReady becomes active after a time.", errors);
        Check.Forbid(rule.ActivateAfterDays is < 1 or > DeviceStateRule.MaxDays, at + "/activateAfterDays", "plan.device_state_time",
            $"Give 1 to {DeviceStateRule.MaxDays} days.", errors);
        Check.Forbid(rule.ActivateAfterMonths is < 1 or > DeviceStateRule.MaxMonths, at + "/activateAfterMonths", "plan.device_state_time",
            $"Give 1 to {DeviceStateRule.MaxMonths} months.", errors);
    }

    private static void Validate(
        IReadOnlyList<FreeUsage> free, string at, PlanDefinition plan, Func<string, MeterDefinition?> meter, List<ValidationError> errors)
    {
        for (var i = 0; i < free.Count; i++)
        {
            var usage = free[i];
            Check.Quantity(usage.Quantity, zeroAllowed: false, $"{at}/{i}/quantity", errors);
            Check.Forbid(free.Take(i).Any(f => f.Meter == usage.Meter), $"{at}/{i}/meter", "plan.device_state_free",
                "The meter is listed already.", errors);
            var known = meter(usage.Meter);
            Check.Forbid(known is null, $"{at}/{i}/meter", "plan.meter_unknown", "There is no such meter.", errors);
            Check.Forbid(known is not null && plan.Charges.All(c => c.Meter != usage.Meter), $"{at}/{i}/meter", "plan.device_state_free",
                "No charge of the plan takes this meter, so its usage would be quarantined.", errors);
            Check.Forbid(known is { Lasts: true } or { Cumulative: not null } || (known is not null && known.Kind != AggregationKind.Sum),
                $"{at}/{i}/meter", "plan.device_state_free",
                "Free usage is of meters that add up what is reported: not of registers, levels, sessions, or meters that merge.", errors);
        }
    }
}
