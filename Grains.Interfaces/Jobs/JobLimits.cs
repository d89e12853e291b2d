namespace OrleansBilling.Contracts.Jobs;

/// <summary>Bounds of bulk jobs.</summary>
public static class JobLimits
{
    /// <summary>Items of one job.</summary>
    public const int MaxItems = 100_000;

    /// <summary>Jobs of one tenant that are not over.</summary>
    public const int MaxRunning = 4;

    /// <summary>Jobs of one tenant that are over and kept; the oldest make room.</summary>
    public const int MaxKept = 1_000;

    /// <summary>Days for which a job that is over is kept.</summary>
    public const int KeptDays = 30;

    /// <summary>Errors that are told of one item.</summary>
    public const int MaxErrors = 3;
}
