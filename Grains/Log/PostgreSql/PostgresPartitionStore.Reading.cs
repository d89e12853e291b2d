using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

public sealed partial class PostgresPartitionStore : ISegmentSource
{
    // One statement, so that both places in which the last number is kept are seen as of one moment.
    private const string PositionSql =
        "SELECT epoch, last_lsn, " +
        "(SELECT first_lsn FROM segments WHERE partition = $1 ORDER BY first_lsn LIMIT 1), " +
        "coalesce((SELECT last_lsn FROM segments WHERE partition = $1 ORDER BY first_lsn DESC LIMIT 1), " +
        "(SELECT lsn FROM snapshots WHERE partition = $1), 0) FROM partitions WHERE partition = $1";

    // Bounded on the server: a client that stops reading has to take the rest all the same.
    private static readonly string PageSql =
        $"SELECT {StoredSegment.Columns} FROM (SELECT {StoredSegment.Columns}, " +
        "sum(octet_length(encoded)) OVER (ORDER BY first_lsn) - octet_length(encoded) AS bytes_before " +
        "FROM segments WHERE partition = $1 AND first_lsn BETWEEN $2 AND $3 " +
        $"ORDER BY first_lsn LIMIT {SegmentReading.SegmentsAPage}) page " +
        $"WHERE bytes_before < {SegmentReading.BytesAPage} ORDER BY first_lsn";

    /// <inheritdoc/>
    public async Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct)
    {
        CheckPartition(partition);
        var rows = await QueryAsync(connection => connection.ReadRowsAsync(
            reader => SegmentReading.Position(partition, reader.GetInt64(0), reader.GetInt64(1),
                reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.GetInt64(3)),
            ct, PositionSql, partition), ct);
        return rows[0];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct) =>
        await QueryAsync(connection => connection.ReadRowsAsync(
            reader => reader.GetInt64(0), ct, "SELECT epoch FROM partitions ORDER BY partition"), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<Segment> ReadAsync(int partition, long fromLsn, CancellationToken ct) =>
        SegmentReading.ReadAsync(this, partition, fromLsn, ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct) =>
        SegmentReading.ReadByTimeAsync(this, partition, minEventTicks, maxEventTicks, ct);

    Task<long?> ISegmentSource.FindSegmentAsync(int partition, long lsn, CancellationToken ct) =>
        QueryAsync(connection => connection.ReadLongAsync(ct,
            "SELECT max(first_lsn) FROM segments WHERE partition = $1 AND first_lsn <= $2", partition, lsn), ct);

    Task<List<StoredSegment>> ISegmentSource.ReadPageAsync(
        int partition, long fromLsn, long lastLsn, CancellationToken ct) =>
        QueryBulkAsync(connection => connection.ReadRowsAsync(ReadSegment, ct, PageSql, partition, fromLsn, lastLsn), ct);

    Task<List<long>> ISegmentSource.FindByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct) =>
        QueryBulkAsync(connection => connection.ReadRowsAsync(
            reader => reader.GetInt64(0), ct,
            "SELECT first_lsn FROM segments WHERE partition = $1 AND max_event_ticks >= $2 AND min_event_ticks <= $3 " +
            "ORDER BY first_lsn", partition, minEventTicks, maxEventTicks), ct);

    // One statement for each, as together they may be large.
    Task<List<StoredSegment>> ISegmentSource.ReadEachAsync(int partition, long[] firstLsns, CancellationToken ct)
    {
        return QueryBulkAsync(ReadEach, ct);

        async Task<List<StoredSegment>> ReadEach(NpgsqlConnection connection)
        {
            var found = new List<StoredSegment>(firstLsns.Length);
            foreach (var lsn in firstLsns)
            {
                found.AddRange(await connection.ReadRowsAsync(ReadSegment, ct,
                    $"SELECT {StoredSegment.Columns} FROM segments WHERE partition = $1 AND first_lsn = $2",
                    partition, lsn));
            }
            return found;
        }
    }

    private static StoredSegment ReadSegment(NpgsqlDataReader reader) =>
        new(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
}
