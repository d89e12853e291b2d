using OrleansBilling.Silo.Commands.Import.Maps;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>What to import and how.</summary>
public sealed record ImportOptions
{
    /// <summary>Largest number of events in a request.</summary>
    public const int MaxBatch = 5_000;

    /// <summary>Largest number of requests in flight.</summary>
    public const int MaxParallel = 32;

    /// <summary>The files, in the order in which they are read.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What their columns mean.</summary>
    public required MapDefinition Map { get; init; }

    /// <summary>Events in a request.</summary>
    public int Batch { get; init; } = 1_000;

    /// <summary>Requests in flight.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Where unusable rows go; null writes none.</summary>
    public string? Rejects { get; init; }

    /// <summary>Where progress is remembered; null remembers none.</summary>
    public string? State { get; init; }

    /// <summary>Moves the tenant's test clock along.</summary>
    public bool FollowClock { get; init; }

    /// <summary>Sends all events in order of time; holds them in memory.</summary>
    public bool Sort { get; init; }

    /// <summary>Creates devices as they appear.</summary>
    public bool Register { get; init; }

    /// <summary>
    /// With <see cref="Register"/>: the subscription they are assigned to; may contain <c>{device}</c>.
    /// </summary>
    public string? Subscription { get; init; }

    /// <summary>Reads and maps only.</summary>
    public bool DryRun { get; init; }
}
