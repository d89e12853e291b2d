namespace OrleansBilling.Core.Usage;

/// <summary>What the records of one instant say of a session; numbers are stored, so they never change.</summary>
[Flags]
public enum SessionPhases
{
    /// <summary>It goes on.</summary>
    Interim = 0,

    /// <summary>It begins, or begins anew: nothing is known of the time before.</summary>
    Start = 1,

    /// <summary>It ends, until it begins anew.</summary>
    Stop = 2,
}
