namespace OrleansBilling.Grains.Log;

/// <summary>Bounds of a <see cref="LogWriter"/>.</summary>
public sealed class LogWriterOptions
{
    /// <summary>Bytes of all partitions that may wait for the disk before appending is refused; 64 MiB unless told.</summary>
    public long MaxWaitingBytes { get; init; } = 64L << 20;

    /// <summary>How long a commit is tried again while the store says that its trouble will pass; 15 seconds unless told.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a commit may take before new work is refused; 2 seconds unless told.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest record in bytes; 4 MiB unless told.</summary>
    public int MaxRecordBytes { get; init; } = 4 << 20;
}
