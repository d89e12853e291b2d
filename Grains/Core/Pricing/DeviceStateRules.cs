using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a plan makes of the states of its devices.</summary>
public static class DeviceStateRules
{
    /// <summary>The plan's own rule for a state; null when there is none.</summary>
    public static DeviceStateRule? RuleOf(this PlanDefinition plan, LifecycleState state)
    {
        for (var i = 0; i < plan.DeviceStates.Count; i++)
        {
            if (plan.DeviceStates[i].State == state)
            {
                return plan.DeviceStates[i];
            }
        }

        return null;
    }

    /// <summary>Whether usage of a device in this state is billed.</summary>
    public static bool Bills(this PlanDefinition plan, LifecycleState state) =>
        state == LifecycleState.Active || (plan.RuleOf(state)?.Usage is { } usage ? usage == UsageInState.Billed : state.BillsUsage());

    /// <summary>Whether usage of a device in this state is taken: billed, free, or what makes the device active.</summary>
    public static bool TakesUsage(this PlanDefinition plan, LifecycleState state) => state.Activates() || plan.Bills(state);
}
