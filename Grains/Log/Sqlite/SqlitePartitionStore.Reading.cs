using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

public sealed partial class SqlitePartitionStore : ISegmentSource
{
    private const string PositionSql =
        "SELECT epoch, last_lsn, (SELECT min(first_lsn) FROM segments WHERE partition = ?1), " +
        "coalesce((SELECT last_lsn FROM segments WHERE partition = ?1 ORDER BY first_lsn DESC LIMIT 1), " +
        "(SELECT lsn FROM snapshots WHERE partition = ?1), 0) FROM partitions WHERE partition = ?1";

    /// <inheritdoc/>
    public Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct) =>
        QueryAsync(connection => ReadPosition(connection, partition), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct) => QueryAsync<IReadOnlyList<long>>(
        connection => ReadLongs(connection, "SELECT epoch FROM partitions ORDER BY partition"), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<Segment> ReadAsync(int partition, long fromLsn, CancellationToken ct) =>
        SegmentReading.ReadAsync(this, partition, fromLsn, ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct) =>
        SegmentReading.ReadByTimeAsync(this, partition, minEventTicks, maxEventTicks, ct);

    Task<long?> ISegmentSource.FindSegmentAsync(int partition, long lsn, CancellationToken ct) =>
        QueryAsync(connection => connection.ReadLong(
            "SELECT max(first_lsn) FROM segments WHERE partition = ?1 AND first_lsn <= ?2", partition, lsn), ct);

    async Task<List<StoredSegment>> ISegmentSource.ReadPageAsync(
        int partition, long fromLsn, long lastLsn, CancellationToken ct)
    {
        try
        {
            return await QueryAsync(connection => ReadPage(connection, partition, fromLsn, lastLsn), ct);
        }
        catch (LogCorruptException error) when (error.Partition is null)
        {
            throw new LogCorruptException(partition, fromLsn, lastLsn, "SQLite cannot read it", error);
        }
    }

    Task<List<long>> ISegmentSource.FindByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct)
    {
        return QueryAsync(Find, ct);

        List<long> Find(SqliteConnection connection)
        {
            var found = ReadLongs(connection, "SELECT first_lsn FROM segments INDEXED BY segments_by_event_time " +
                "WHERE partition = ?1 AND max_event_ticks >= ?2 AND min_event_ticks <= ?3",
                partition, minEventTicks, maxEventTicks);
            found.Sort();
            return found;
        }
    }

    Task<List<StoredSegment>> ISegmentSource.ReadEachAsync(int partition, long[] firstLsns, CancellationToken ct) =>
        QueryAsync(connection =>
        {
            var found = new List<StoredSegment>(firstLsns.Length);
            foreach (var lsn in firstLsns)
            {
                found.AddRange(ReadPage(connection, partition, lsn, lsn));
            }
            return found;
        }, ct);

    private static LogPosition ReadPosition(SqliteConnection connection, int partition)
    {
        using var command = connection.Prepare(PositionSql, partition);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? SegmentReading.Position(partition, reader.GetInt64(0), reader.GetInt64(1),
                reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.GetInt64(3))
            : throw NoSuchPartition(partition);
    }

    private static List<StoredSegment> ReadPage(SqliteConnection connection, int partition, long fromLsn, long lastLsn)
    {
        using var command = connection.Prepare(
            $"SELECT {StoredSegment.Columns} FROM segments WHERE partition = ?1 AND first_lsn BETWEEN ?2 AND ?3 " +
            $"ORDER BY first_lsn LIMIT {SegmentReading.SegmentsAPage}", partition, fromLsn, lastLsn);
        using var reader = command.ExecuteReader();
        var page = new List<StoredSegment>();
        var bytes = 0;
        while (bytes < SegmentReading.BytesAPage && reader.Read())
        {
            page.Add(ReadSegment(reader, partition, fromLsn));
            bytes += page[^1].Encoded.Length;
        }
        return page;
    }

    // A damaged row has values of other kinds.
    private static StoredSegment ReadSegment(SqliteDataReader reader, int partition, long expectedLsn) =>
        reader.GetValue(0) is long first && reader.GetValue(1) is long last && reader.GetValue(2) is byte[] encoded
            ? new(first, last, encoded)
            : throw new LogCorruptException(partition, expectedLsn, expectedLsn,
                "the row holds values of a wrong type");

    private static List<long> ReadLongs(
        SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Prepare(sql, values);
        using var reader = command.ExecuteReader();
        var found = new List<long>();
        while (reader.Read())
        {
            found.Add(reader.GetInt64(0));
        }
        return found;
    }
}
