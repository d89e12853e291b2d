using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>
/// The embedded store: one SQLite file with a write-ahead log, synced at every commit. One process at a time may have
/// it open; within it, one thread writes and any number of short-lived connections read.
/// </summary>
public sealed partial class SqlitePartitionStore : IPartitionStore
{
    private readonly string _path;
    private readonly SqliteStoreOptions _options;
    private readonly string _readingConnectionString;
    private StoreLock? _lock;
    private SqliteAppender? _appender;
    private SqliteWriteThread? _writer;
    private SqliteCheckpointer? _checkpointer;

    /// <param name="path">The data file; its directory is created when missing.</param>
    public SqlitePartitionStore(string path, SqliteStoreOptions? options = null)
    {
        _path = Path.GetFullPath(path);
        _options = options ?? new();
        _readingConnectionString = SqliteLogFile.ReadingConnectionString(_path, _options);
    }

    private SqliteWriteThread Writer => _writer ?? throw new InvalidOperationException("The store is not open.");

    /// <inheritdoc/>
    public Task<StoreLayout> OpenAsync(int? partitionCount, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitionCount ?? 1, 1, nameof(partitionCount));
        return Task.Run(() => Translate(() => Open(partitionCount)), ct);
    }

    /// <inheritdoc/>
    public async Task<PartitionClaim> TakeOwnershipAsync(int partition, string owner, CancellationToken ct)
    {
        return await WriteAsync(TakeOwnership, ct);

        PartitionClaim TakeOwnership(SqliteConnection connection)
        {
            _ = ReadPosition(connection, partition);
            using var command = connection.Prepare(
                "UPDATE partitions SET epoch = epoch + 1, owner = ?2 WHERE partition = ?1 RETURNING epoch, last_lsn",
                partition, owner);
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new(partition, reader.GetInt64(0), reader.GetInt64(1))
                : throw NoSuchPartition(partition);
        }
    }

    /// <inheritdoc/>
    public async Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct)
    {
        try
        {
            return await Writer.RunAsync(_ => Append(segments), ct);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, _path);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.RunAsync(_ => { _appender!.Dispose(); return true; }, CancellationToken.None);
            await _checkpointer!.DisposeAsync();
            using (var pooled = new SqliteConnection(_readingConnectionString))
            {
                SqliteConnection.ClearPool(pooled);
            }
            await _writer.DisposeAsync();
            _writer = null;
        }
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Changes <see cref="SqliteStoreOptions.MaxPages"/> of the open store.</summary>
    internal Task SetMaxPagesAsync(long maxPages) => Writer.RunAsync(
        connection => connection.Execute($"PRAGMA max_page_count = {maxPages}"), CancellationToken.None);

    private StoreLayout Open(int? partitionCount)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _lock = StoreLock.Take(_path);
        SqliteConnection? connection = null;
        SqliteConnection? checkpoints = null;
        try
        {
            var created = SqliteLogFile.CreateIfMissing(
                _path, _options, partitionCount ?? StoreLayout.DefaultPartitionCount);
            connection = SqliteLogFile.OpenForWriting(_path, _options);
            var count = SqliteLogFile.CheckPartitionCount(connection, _path, partitionCount);
            checkpoints = SqliteLogFile.OpenForCheckpoints(_path, _options);
            _appender = new(connection);
            _writer = new(connection);
            _checkpointer = new(_writer, checkpoints, _options);
            return new(count, created);
        }
        catch
        {
            checkpoints?.Dispose();
            connection?.Dispose();
            _lock.Dispose();
            _lock = null;
            throw;
        }
    }

    private AppendOutcome[] Append(IReadOnlyList<SegmentWrite> segments)
    {
        var outcomes = _appender!.Append(segments);
        _checkpointer!.Appended(segments);
        return outcomes;
    }

    private async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken ct)
    {
        try
        {
            return await Writer.TransactAsync(work, ct);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, _path);
        }
    }

    private Task<T> QueryAsync<T>(Func<SqliteConnection, T> query, CancellationToken ct)
    {
        return Task.Run(() => Translate(Query), ct);

        T Query()
        {
            using var connection = new SqliteConnection(_readingConnectionString);
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: true);
            return query(connection);
        }
    }

    private T Translate<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, _path);
        }
    }

    private static ArgumentOutOfRangeException NoSuchPartition(int partition) =>
        new(nameof(partition), partition, "There is no such partition.");
}
