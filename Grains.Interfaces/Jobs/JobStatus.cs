namespace OrleansBilling.Contracts.Jobs;

/// <summary>How far a job is. The words are stored and shown.</summary>
public static class JobStatus
{
    /// <summary>Items are being done, or wait for those of other jobs.</summary>
    public const string Running = "running";

    /// <summary>It is to end early; items that were begun are still being ended.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Every item has its result.</summary>
    public const string Finished = "finished";

    /// <summary>It ended early: the first items have results, the others were not touched.</summary>
    public const string Cancelled = "cancelled";
}
