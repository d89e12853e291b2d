namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>How the embedded store uses its file.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>Bytes a page, a power of two from 512 to 65,536; only used when the file is created.</summary>
    public int PageSizeBytes { get; init; } = 8192;

    /// <summary>Pages in the write-ahead log after which they are moved into the file, about; 16 MiB with the
    /// default page size.</summary>
    public int CheckpointPages { get; init; } = 2048;

    /// <summary>The most pages the file may have, so that a store leaves room for others; 0 for no bound.</summary>
    public long MaxPages { get; init; }

    /// <summary>How long to wait for a lock held by another program that looks into the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
