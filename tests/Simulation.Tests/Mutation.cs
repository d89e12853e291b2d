namespace OrleansBilling.Simulation;

/// <summary>Bugs that are planted on purpose: a simulation that does not find them proves nothing.</summary>
public enum Mutation
{
    /// <summary>The protocol as it is.</summary>
    None,

    /// <summary>The store lets an old epoch write.</summary>
    EpochCheckSkipped,

    /// <summary>An answer leaves before what it says is durable.</summary>
    AnsweredBeforeDurable,

    /// <summary>A duplicate of an event that is not durable yet is answered at once.</summary>
    DuplicateNotWaitedFor,

    /// <summary>A commit without an answer is taken as written.</summary>
    UnknownTakenAsWritten,

    /// <summary>A partition is loaded without a new epoch.</summary>
    LoadedWithoutNewEpoch,

    /// <summary>A snapshot is saved before its last record is durable.</summary>
    SnapshotAheadOfLog,
}
