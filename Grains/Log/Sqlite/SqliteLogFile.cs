using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>Creates, checks and opens the data file.</summary>
internal static class SqliteLogFile
{
    // 'OBLG': tells our files from other people's databases.
    private const long ApplicationId = 0x4F424C47;
    private const long JournalSizeLimitBytes = 64L << 20;

    /// <summary>Makes a complete file under another name and then renames it, so that an empty or half-made file is
    /// never mistaken for a new log.</summary>
    /// <returns>False when there is a file already.</returns>
    public static bool CreateIfMissing(string path, SqliteStoreOptions options, int partitionCount)
    {
        if (File.Exists(path))
        {
            return false;
        }
        if (File.Exists(path + "-wal"))
        {
            throw new LogCorruptException($"The log file '{path}' is missing, but its write-ahead log is there.");
        }
        var draft = path + ".new";
        foreach (var leftOver in new[] { draft, draft + "-wal", draft + "-shm", draft + "-journal" })
        {
            File.Delete(leftOver);
        }
        using (var connection = Open(draft, SqliteOpenMode.ReadWriteCreate, options))
        {
            connection.Execute($"PRAGMA page_size = {options.PageSizeBytes}");
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            UseWriteAheadLog(connection);
            SqliteMigrations.Apply(connection);
            InsertPartitions(connection, partitionCount);
        }
        File.Move(draft, path);
        return true;
    }

    /// <summary>Opens the writing connection; SQLite recovers what a crash left.</summary>
    public static SqliteConnection OpenForWriting(string path, SqliteStoreOptions options)
    {
        if (new FileInfo(path).Length == 0)
        {
            throw new LogCorruptException($"The log file '{path}' is empty.");
        }
        var connection = Open(path, SqliteOpenMode.ReadWrite, options);
        try
        {
            Configure(connection, path, options);
            SqliteMigrations.Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the connection of the <see cref="SqliteCheckpointer"/>.</summary>
    public static SqliteConnection OpenForCheckpoints(string path, SqliteStoreOptions options)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite, options);
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    /// <summary>What pooled reading connections are opened with.</summary>
    public static string ReadingConnectionString(string path, SqliteStoreOptions options) =>
        ConnectionString(path, SqliteOpenMode.ReadOnly, options, pooling: true);

    /// <exception cref="StoreLayoutException">The file has another number of partitions.</exception>
    /// <returns>The file's number of partitions.</returns>
    public static int CheckPartitionCount(SqliteConnection connection, string path, int? partitionCount)
    {
        var stored = (int)(connection.ReadLong("SELECT partition_count FROM store") ?? 0);
        if (stored != connection.ReadLong("SELECT count(*) FROM partitions"))
        {
            throw new LogCorruptException($"The log file '{path}' has lost partitions; it should have {stored}.");
        }
        if (partitionCount is not null && stored != partitionCount)
        {
            throw new StoreLayoutException(
                $"The log file '{path}' has {stored} partitions and cannot be opened with {partitionCount}: " +
                "the number is fixed when the file is created, because it decides where every entity lives.");
        }
        return stored;
    }

    private static void InsertPartitions(SqliteConnection connection, int partitionCount)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute("INSERT INTO store (id, partition_count) VALUES (1, ?1)", partitionCount);
        for (var partition = 0; partition < partitionCount; partition++)
        {
            connection.Execute("INSERT INTO partitions (partition) VALUES (?1)", partition);
        }
        transaction.Commit();
    }

    private static void Configure(SqliteConnection connection, string path, SqliteStoreOptions options)
    {
        if (connection.ReadLong("PRAGMA application_id") != ApplicationId)
        {
            throw new LogCorruptException($"The file '{path}' is not a log of OrleansBilling.");
        }
        UseWriteAheadLog(connection);
        // The checkpointer comes first; this is the bound when it cannot keep up.
        connection.Execute($"PRAGMA wal_autocheckpoint = {4L * options.CheckpointPages}");
        connection.Execute($"PRAGMA journal_size_limit = {JournalSizeLimitBytes}");
        connection.Execute("PRAGMA cell_size_check = ON");
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        if (options.MaxPages > 0)
        {
            connection.Execute($"PRAGMA max_page_count = {options.MaxPages}");
        }
    }

    private static void UseWriteAheadLog(SqliteConnection connection)
    {
        connection.Execute("PRAGMA journal_mode = WAL");
        // FULL syncs the write-ahead log at every commit; NORMAL would lose acknowledged records with the power.
        connection.Execute("PRAGMA synchronous = FULL");
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, SqliteStoreOptions options)
    {
        var connection = new SqliteConnection(ConnectionString(path, mode, options, pooling: false));
        connection.Open();
        connection.Execute($"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}");
        return connection;
    }

    private static string ConnectionString(
        string path, SqliteOpenMode mode, SqliteStoreOptions options, bool pooling) => new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = pooling,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        }.ToString();
}
