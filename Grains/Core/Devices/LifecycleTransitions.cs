namespace OrleansBilling.Core.Devices;

/// <summary>Which state may follow which.</summary>
/// <remarks>A device that was active never goes back into stock or test: its billing history would begin a second time.</remarks>
public static class LifecycleTransitions
{
    private static readonly Dictionary<LifecycleState, LifecycleState[]> Next = new()
    {
        [LifecycleState.Inventory] =
        [
            LifecycleState.Test, LifecycleState.ActivationReady, LifecycleState.Active, LifecycleState.Standby, LifecycleState.Terminated,
        ],
        [LifecycleState.Test] =
        [
            LifecycleState.Inventory, LifecycleState.ActivationReady, LifecycleState.Active, LifecycleState.Suspended,
            LifecycleState.Terminated,
        ],
        [LifecycleState.ActivationReady] =
        [
            LifecycleState.Inventory, LifecycleState.Test, LifecycleState.Active, LifecycleState.Suspended, LifecycleState.Terminated,
        ],
        [LifecycleState.Active] = [LifecycleState.Suspended, LifecycleState.Standby, LifecycleState.Terminated],
        [LifecycleState.Suspended] = [LifecycleState.Active, LifecycleState.Standby, LifecycleState.Terminated],
        [LifecycleState.Standby] = [LifecycleState.Active, LifecycleState.Suspended, LifecycleState.Terminated],
        [LifecycleState.Terminated] = [],
    };

    /// <summary>Whether it may; a state may always be told again.</summary>
    public static bool Allows(LifecycleState from, LifecycleState to) => from == to || Next[from].Contains(to);

    /// <summary>The words of the states that may follow, for messages.</summary>
    public static string After(LifecycleState state) => string.Join(", ", Next[state].Select(LifecycleStates.Word));

    /// <summary>Whether a device in this state becomes active by itself, by its usage or after a time.</summary>
    public static bool Activates(this LifecycleState state) => state is LifecycleState.Test or LifecycleState.ActivationReady;
}
