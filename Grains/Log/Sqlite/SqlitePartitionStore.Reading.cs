using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

public sealed partial class SqlitePartitionStore
{
    // Pages keep read transactions short: a long one would keep the write-ahead log from being reused.
    private const int SegmentsAPage = 64;
    private const int BytesAPage = 8 << 20;

    private const string PositionSql =
        "SELECT epoch, last_lsn, (SELECT min(first_lsn) FROM segments WHERE partition = ?1), " +
        "coalesce((SELECT last_lsn FROM segments WHERE partition = ?1 ORDER BY first_lsn DESC LIMIT 1), " +
        "(SELECT lsn FROM snapshots WHERE partition = ?1), 0) FROM partitions WHERE partition = ?1";

    /// <inheritdoc/>
    public Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct) =>
        QueryAsync(connection => ReadPosition(connection, partition), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct) => QueryAsync(ReadEpochs, ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Segment> ReadAsync(
        int partition, long fromLsn, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromLsn, 1);
        var position = await ReadPositionAsync(partition, ct);
        if (fromLsn > position.LastLsn)
        {
            yield break;
        }
        var nextLsn = await FindSegmentAsync(partition, fromLsn, position, ct);
        while (nextLsn <= position.LastLsn)
        {
            foreach (var stored in await ReadPageAsync(partition, nextLsn, position.LastLsn, ct))
            {
                if (stored.FirstLsn != nextLsn)
                {
                    throw Missing(partition, nextLsn, stored.FirstLsn - 1);
                }
                var segment = stored.Decode(partition);
                yield return segment;
                nextLsn = segment.Header.LastLsn + 1;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, [EnumeratorCancellation] CancellationToken ct)
    {
        var firstLsns = await FindByTimeAsync(partition, minEventTicks, maxEventTicks, ct);
        foreach (var lsns in firstLsns.Chunk(SegmentsAPage))
        {
            foreach (var stored in await ReadEachAsync(partition, lsns, ct))
            {
                yield return stored.Decode(partition);
            }
        }
    }

    private static LogPosition ReadPosition(SqliteConnection connection, int partition)
    {
        using var command = connection.Prepare(PositionSql, partition);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            throw NoSuchPartition(partition);
        }
        var lastLsn = reader.GetInt64(1);
        // The last number is kept in two places; when they differ, records would be lost or numbered twice.
        if (reader.GetInt64(3) != lastLsn)
        {
            throw new LogCorruptException(partition, Math.Min(lastLsn, reader.GetInt64(3)) + 1,
                Math.Max(lastLsn, reader.GetInt64(3)),
                $"the partition says it ends at LSN {lastLsn}, its segments do not");
        }
        return new(reader.GetInt64(0), reader.IsDBNull(2) ? lastLsn + 1 : reader.GetInt64(2), lastLsn);
    }

    private static IReadOnlyList<long> ReadEpochs(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT epoch FROM partitions ORDER BY partition");
        using var reader = command.ExecuteReader();
        var epochs = new List<long>();
        while (reader.Read())
        {
            epochs.Add(reader.GetInt64(0));
        }
        return epochs;
    }

    private async Task<long> FindSegmentAsync(int partition, long lsn, LogPosition position, CancellationToken ct) =>
        await QueryAsync(connection => connection.ReadLong(
            "SELECT max(first_lsn) FROM segments WHERE partition = ?1 AND first_lsn <= ?2", partition, lsn), ct)
        ?? throw Missing(partition, lsn, position.FirstLsn - 1);

    private async Task<List<StoredSegment>> ReadPageAsync(
        int partition, long fromLsn, long lastLsn, CancellationToken ct)
    {
        try
        {
            var page = await QueryAsync(connection => ReadPage(connection, partition, fromLsn, lastLsn), ct);
            return page.Count > 0 ? page : throw Missing(partition, fromLsn, lastLsn);
        }
        catch (LogCorruptException error) when (error.Partition is null)
        {
            throw new LogCorruptException(partition, fromLsn, lastLsn, "SQLite cannot read it", error);
        }
    }

    private static List<StoredSegment> ReadPage(SqliteConnection connection, int partition, long fromLsn, long lastLsn)
    {
        using var command = connection.Prepare(
            $"SELECT {StoredSegment.Columns} FROM segments WHERE partition = ?1 AND first_lsn BETWEEN ?2 AND ?3 " +
            $"ORDER BY first_lsn LIMIT {SegmentsAPage}", partition, fromLsn, lastLsn);
        using var reader = command.ExecuteReader();
        var page = new List<StoredSegment>();
        var bytes = 0;
        while (bytes < BytesAPage && reader.Read())
        {
            page.Add(StoredSegment.Read(reader, partition, fromLsn));
            bytes += page[^1].Encoded.Length;
        }
        return page;
    }

    private Task<List<long>> FindByTimeAsync(int partition, long minTicks, long maxTicks, CancellationToken ct)
    {
        return QueryAsync(Find, ct);

        List<long> Find(SqliteConnection connection)
        {
            using var command = connection.Prepare(
                "SELECT first_lsn FROM segments INDEXED BY segments_by_event_time " +
                "WHERE partition = ?1 AND max_event_ticks >= ?2 AND min_event_ticks <= ?3",
                partition, minTicks, maxTicks);
            using var reader = command.ExecuteReader();
            var found = new List<long>();
            while (reader.Read())
            {
                found.Add(reader.GetInt64(0));
            }
            found.Sort();
            return found;
        }
    }

    private Task<List<StoredSegment>> ReadEachAsync(int partition, long[] firstLsns, CancellationToken ct) =>
        QueryAsync(connection =>
        {
            var found = new List<StoredSegment>(firstLsns.Length);
            foreach (var lsn in firstLsns)
            {
                // One that is not there any more has been trimmed meanwhile.
                found.AddRange(ReadPage(connection, partition, lsn, lsn));
            }
            return found;
        }, ct);

    private static LogCorruptException Missing(int partition, long firstLsn, long lastLsn) =>
        new(partition, firstLsn, lastLsn, "these records are missing, or were trimmed");
}
