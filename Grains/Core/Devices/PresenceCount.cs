namespace OrleansBilling.Core.Devices;

/// <summary>What of a device's presence in a billing period is counted.</summary>
public enum PresenceCount
{
    /// <summary>Local days on which it was present; their sum over devices is divided by the days of the period.</summary>
    Days = 0,

    /// <summary>1 when it was present at any instant of the period.</summary>
    Devices = 1,

    /// <summary>1 in the period in which it became present for the first time.</summary>
    Joins = 2,

    /// <summary>Changes of state in the period, from one of the rule's states to another.</summary>
    Transitions = 3,
}
