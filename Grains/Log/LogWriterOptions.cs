namespace OrleansBilling.Grains.Log;

/// <summary>Bounds of a <see cref="LogWriter"/>.</summary>
public sealed class LogWriterOptions
{
    /// <summary>Bytes of all partitions that may wait for the disk before appending is refused; 64 MiB unless told.</summary>
    public long MaxWaitingBytes { get; init; } = 64L << 20;

    /// <summary>The longest record in bytes; 4 MiB unless told.</summary>
    public int MaxRecordBytes { get; init; } = 4 << 20;
}
