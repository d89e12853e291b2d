namespace OrleansBilling.Core.Devices;

/// <summary>How the devices of a subscription are counted for a charge per device or a pooled allowance.</summary>
/// <param name="Count">What is counted.</param>
/// <param name="States">States in which a device is present.</param>
/// <param name="WholeJoiner">With <see cref="PresenceCount.Days"/>: days of the period before a device's first presence
/// in it count too.</param>
/// <param name="WholeLeaver">With <see cref="PresenceCount.Days"/>: days of the period after its last presence in it
/// count too.</param>
public sealed record PresenceRule(
    PresenceCount Count, IReadOnlyList<LifecycleState> States, bool WholeJoiner = false, bool WholeLeaver = false)
{
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
