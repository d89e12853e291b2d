using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>
/// The store of a cluster: a PostgreSQL database that any number of silos use at once. Every write is one statement
/// which checks the epoch itself, so a silo that vanishes leaves nothing open.
/// </summary>
/// <remarks>The server has to run with <c>fsync = on</c>; it is refused otherwise. What a standby has to confirm
/// before a commit counts is the server's setting (<c>synchronous_standby_names</c>).</remarks>
public sealed partial class PostgresPartitionStore : IPartitionStore
{
    // Whether this silo still owns its partitions is asked every second, also while it loads a hundred of them.
    private const int ConnectionsForShortQuestions = 4;

    private readonly PostgresSettings _settings;
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _appending;
    private readonly PostgresAppender _appender;
    private readonly SemaphoreSlim _bulkTurns;
    private int _partitionCount;

    /// <param name="connectionString">As Npgsql takes it. The database has to be there; it should be one of its own, as
    /// the tables are made where the user's <c>search_path</c> says.</param>
    /// <exception cref="ArgumentException">The text is not a connection string, or names no server.</exception>
    public PostgresPartitionStore(string connectionString, PostgresStoreOptions? options = null)
    {
        _settings = new(connectionString, options ?? new());
        _pool = _settings.CreatePool();
        _appending = _settings.CreateForAppending();
        _appender = new(_appending);
        _bulkTurns = new(Math.Max(1, _settings.Options.MaxConnections - ConnectionsForShortQuestions));
    }

    /// <inheritdoc/>
    public async Task<StoreLayout> OpenAsync(int? partitionCount, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitionCount ?? 1, 1, nameof(partitionCount));
        var layout = await TranslateAsync(() => PostgresSchema.RunLockedAsync(
            _settings, connection => OpenAsync(connection, partitionCount, ct), ct));
        _partitionCount = layout.PartitionCount;
        return layout;
    }

    /// <inheritdoc/>
    /// <remarks>Waits for an append under way, and sees what it wrote.</remarks>
    public async Task<PartitionClaim> TakeOwnershipAsync(int partition, string owner, CancellationToken ct)
    {
        CheckPartition(partition);
        var claims = await QueryAsync(connection => connection.ReadRowsAsync(
            reader => new PartitionClaim(partition, reader.GetInt64(0), reader.GetInt64(1)), ct,
            "UPDATE partitions SET epoch = epoch + 1, owner = $2 WHERE partition = $1 RETURNING epoch, last_lsn",
            partition, owner), ct);
        // Nobody is told a last number which the segments deny.
        _ = await ReadPositionAsync(partition, ct);
        return claims[0];
    }

    /// <inheritdoc/>
    public Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            CheckPartition(segments[i].Header.Partition);
        }
        return TranslateAsync(() => _appender.AppendAsync(segments, ct));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync();
        await _appending.DisposeAsync();
        await _pool.DisposeAsync();
        _bulkTurns.Dispose();
    }

    private static async Task<StoreLayout> OpenAsync(
        NpgsqlConnection connection, int? partitionCount, CancellationToken ct)
    {
        await CheckDurabilityAsync(connection, ct);
        var created = await connection.ExecuteAsync(ct,
            "INSERT INTO store VALUES (1, $1) ON CONFLICT DO NOTHING",
            partitionCount ?? StoreLayout.DefaultPartitionCount) == 1;
        var stored = (int)(await connection.ReadLongAsync(ct, "SELECT partition_count::bigint FROM store") ?? 0);
        if (created)
        {
            await connection.ExecuteAsync(ct,
                "INSERT INTO partitions (partition) SELECT generate_series(0, $1 - 1)", stored);
        }
        if (await connection.ReadLongAsync(ct, "SELECT count(*) FROM partitions") != stored)
        {
            throw new LogCorruptException(
                $"The database '{connection.Database}' has lost partitions; it should have {stored}.");
        }
        return partitionCount is null || partitionCount == stored
            ? new(stored, created)
            : throw new StoreLayoutException(
                $"The database '{connection.Database}' has {stored} partitions and cannot be opened with " +
                $"{partitionCount}: the number is fixed when the store is created, because it decides where every " +
                "entity lives.");
    }

    private static async Task CheckDurabilityAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await connection.ReadLongAsync(ct, "SELECT 1::bigint WHERE current_setting('fsync') = 'off'") is not null)
        {
            throw new StoreLayoutException($"The server of the database '{connection.Database}' runs with fsync = off " +
                "and would lose acknowledged records with its power; turn it on.");
        }
    }

    private void CheckPartition(int partition)
    {
        if (_partitionCount == 0)
        {
            throw new InvalidOperationException("The store is not open.");
        }
        if (partition < 0 || partition >= _partitionCount)
        {
            throw new ArgumentOutOfRangeException(nameof(partition), partition, "There is no such partition.");
        }
    }

    /// <summary>Runs what may run twice: when the server was restarted, the first attempt meets a connection of before.
    /// </summary>
    private Task<T> QueryAsync<T>(Func<NpgsqlConnection, Task<T>> query, CancellationToken ct)
    {
        return TranslateAsync(Query);

        async Task<T> Query()
        {
            try
            {
                return await RunAsync(query, ct);
            }
            catch (NpgsqlException error) when (PostgresErrors.IsConnectionLost(error))
            {
                _pool.Clear();
                return await RunAsync(query, ct);
            }
        }
    }

    /// <summary>Runs what moves many bytes, and may run twice, when its turn comes.</summary>
    private Task<T> QueryBulkAsync<T>(Func<NpgsqlConnection, Task<T>> query, CancellationToken ct) =>
        TakeTurnAsync(() => QueryAsync(query, ct), ct);

    /// <summary>Runs what moves many bytes, and must not run twice, when its turn comes.</summary>
    private Task<T> WriteBulkAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) =>
        TakeTurnAsync(() => TranslateAsync(() => RunAsync(work, ct)), ct);

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _bulkTurns.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _bulkTurns.Release();
        }
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await _pool.OpenConnectionAsync(ct);
        return await work(connection);
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Translate(error, _settings);
        }
    }
}
