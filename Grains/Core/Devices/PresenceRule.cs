namespace OrleansBilling.Core.Devices;

/// <summary>How the devices of a subscription are counted for a charge per device or a pooled allowance.</summary>
/// <param name="Count">What is counted.</param>
/// <param name="States">States in which a device is present; those that a counted transition leads to.</param>
/// <param name="WholeJoiner">With <see cref="PresenceCount.Days"/>: days of the period before a device's first presence
/// in it count too.</param>
/// <param name="WholeLeaver">With <see cref="PresenceCount.Days"/>: days of the period after its last presence in it
/// count too.</param>
/// <param name="FromStates">With <see cref="PresenceCount.Transitions"/>: states that a counted transition leaves.</param>
/// <param name="SkipsPauses">Whether a device is not present while the subscription is paused: a fee is not due then, what devices bring
/// to a pool stays.</param>
public sealed record PresenceRule(
    PresenceCount Count, IReadOnlyList<LifecycleState> States, bool WholeJoiner = false, bool WholeLeaver = false,
    IReadOnlyList<LifecycleState>? FromStates = null, bool SkipsPauses = false)
{
    /// <summary>Whether a change of state is counted.</summary>
    public bool Crosses(LifecycleState from, LifecycleState to) => FromStates is { } left && left.Contains(from) && Holds(to);

    /// <summary>Whether a device in this state is present.</summary>
    public bool Holds(LifecycleState state)
    {
        for (var i = 0; i < States.Count; i++)
        {
            if (States[i] == state)
            {
                return true;
            }
        }

        return false;
    }
}
