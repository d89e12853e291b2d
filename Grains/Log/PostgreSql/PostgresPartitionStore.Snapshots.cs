using System.Data;
using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

public sealed partial class PostgresPartitionStore
{
    private const int RowsADelete = 64;

    // Locks the partition, so that whoever takes it next waits and then finds this snapshot. No save may have begun
    // since this one did: it removes the chunks of all that are not published by then.
    private const string PublishSql = """
        WITH owned AS (
            SELECT partition, epoch FROM partitions
            WHERE partition = $1 AND epoch = $2 AND last_snapshot_id = $3
            FOR UPDATE)
        INSERT INTO snapshots (partition, snapshot_id, epoch, lsn, chunk_count, crc)
        SELECT partition, $3, epoch, $4, $5, $6 FROM owned
        WHERE (SELECT count(*) FROM snapshot_chunks WHERE partition = $1 AND snapshot_id = $3) = $5
        ON CONFLICT (partition) DO UPDATE SET
            snapshot_id = excluded.snapshot_id, epoch = excluded.epoch, lsn = excluded.lsn,
            chunk_count = excluded.chunk_count, crc = excluded.crc
        """;

    // Up to the first segment that must stay, so that the rest is one sequence even if a clock went back.
    private const string FirstKeptSql =
        "SELECT first_lsn FROM segments WHERE partition = $1 AND (recorded_ticks >= $2 OR last_lsn > " +
        "coalesce((SELECT lsn FROM snapshots WHERE partition = $1), 0)) ORDER BY first_lsn LIMIT 1";

    private static readonly string TrimSql =
        "DELETE FROM segments WHERE partition = $1 AND first_lsn IN (SELECT s.first_lsn FROM segments s " +
        "JOIN partitions p USING (partition) WHERE s.partition = $1 AND p.epoch = $2 AND s.first_lsn < $3 " +
        $"ORDER BY s.first_lsn LIMIT {RowsADelete})";

    private static readonly string RemoveChunksSql =
        "DELETE FROM snapshot_chunks WHERE (partition, snapshot_id, chunk_index) IN (" +
        "SELECT c.partition, c.snapshot_id, c.chunk_index FROM snapshot_chunks c JOIN partitions p USING (partition) " +
        "LEFT JOIN snapshots s USING (partition) WHERE c.partition = $1 " +
        "AND c.snapshot_id <> coalesce(s.snapshot_id, 0) AND c.snapshot_id <> p.last_snapshot_id " +
        $"LIMIT {RowsADelete})";

    /// <inheritdoc/>
    public async Task<bool> SaveSnapshotAsync(
        int partition, long epoch, long lsn, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken ct)
    {
        CheckPartition(partition);
        var snapshotId = await WriteBulkAsync(connection => BeginSnapshotAsync(connection, partition, epoch, lsn, ct), ct);
        if (snapshotId is null)
        {
            return false;
        }
        await RemoveOldChunksAsync(partition, ct);
        var count = 0L;
        await foreach (var chunk in chunks.WithCancellation(ct))
        {
            var crc = (long)SnapshotChecksum.OfChunk(partition, lsn, count, chunk.Span);
            var stored = await WriteBulkAsync(connection => connection.ExecuteAsync(ct,
                "INSERT INTO snapshot_chunks (partition, snapshot_id, chunk_index, crc, bytes) " +
                "SELECT partition, $3, $4, $5, $6 FROM partitions WHERE partition = $1 AND epoch = $2",
                partition, epoch, snapshotId.Value, count, crc, chunk), ct);
            if (stored == 0)
            {
                return false;
            }
            count++;
        }
        var published = await WriteBulkAsync(
            connection => PublishAsync(connection, partition, epoch, snapshotId.Value, lsn, count, ct), ct);
        if (published)
        {
            await RemoveOldChunksAsync(partition, ct);
        }
        return published;
    }

    /// <inheritdoc/>
    public Task<Snapshot?> LoadSnapshotAsync(int partition, CancellationToken ct)
    {
        CheckPartition(partition);
        return QueryBulkAsync(Load, ct);

        async Task<Snapshot?> Load(NpgsqlConnection connection)
        {
            // As of one moment: the next snapshot may replace this one, and its chunks, meanwhile.
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return await LoadSnapshotAsync(connection, partition, ct);
        }
    }

    /// <inheritdoc/>
    public async Task<long> TrimAsync(int partition, long epoch, long beforeRecordedTicks, CancellationToken ct)
    {
        CheckPartition(partition);
        // What may go now may go later as well, so this is found once.
        var firstKept = await QueryBulkAsync(connection => connection.ReadLongAsync(
            ct, FirstKeptSql, partition, beforeRecordedTicks), ct) ?? long.MaxValue;
        var total = 0L;
        int removed;
        do
        {
            removed = await WriteBulkAsync(
                connection => connection.ExecuteAsync(ct, TrimSql, partition, epoch, firstKept), ct);
            total += removed;
        }
        while (removed > 0);
        return total;
    }

    private static async Task<long?> BeginSnapshotAsync(
        NpgsqlConnection connection, int partition, long epoch, long lsn, CancellationToken ct)
    {
        var begun = await connection.ReadRowsAsync(
            reader => (Id: reader.GetInt64(0), LastLsn: reader.GetInt64(1), Newest: reader.GetInt64(2)), ct,
            "UPDATE partitions p SET last_snapshot_id = last_snapshot_id + 1 WHERE partition = $1 AND epoch = $2 " +
            "RETURNING last_snapshot_id, last_lsn, " +
            "coalesce((SELECT lsn FROM snapshots s WHERE s.partition = p.partition), 0)", partition, epoch);
        if (begun.Count == 0)
        {
            return null;
        }
        var (id, lastLsn, newest) = begun[0];
        return lsn <= lastLsn && lsn >= newest ? id : throw new ArgumentOutOfRangeException(nameof(lsn), lsn,
            $"Partition {partition} is durable to LSN {lastLsn} and has a snapshot at {newest}.");
    }

    private static async Task<bool> PublishAsync(
        NpgsqlConnection connection,
        int partition,
        long epoch,
        long snapshotId,
        long lsn,
        long count,
        CancellationToken ct)
    {
        var crc = (long)SnapshotChecksum.OfHead(partition, epoch, lsn, count);
        if (await connection.ExecuteAsync(ct, PublishSql, partition, epoch, snapshotId, lsn, count, crc) == 1)
        {
            return true;
        }
        var current = await connection.ReadLongAsync(ct, "SELECT epoch FROM partitions WHERE partition = $1", partition);
        return current != epoch ? false : throw new InvalidOperationException(
            $"Partition {partition}'s snapshot at LSN {lsn} could not be completed: another save came between.");
    }

    // In steps, so that no statement runs for long.
    private async Task RemoveOldChunksAsync(int partition, CancellationToken ct)
    {
        while (await WriteBulkAsync(connection => connection.ExecuteAsync(ct, RemoveChunksSql, partition), ct) > 0)
        {
        }
    }

    private static async Task<Snapshot?> LoadSnapshotAsync(
        NpgsqlConnection connection, int partition, CancellationToken ct)
    {
        var heads = await connection.ReadRowsAsync(
            reader => (Id: reader.GetInt64(0), Epoch: reader.GetInt64(1), Lsn: reader.GetInt64(2),
                Count: reader.GetInt64(3), Crc: reader.GetInt64(4)),
            ct, "SELECT snapshot_id, epoch, lsn, chunk_count, crc FROM snapshots WHERE partition = $1", partition);
        if (heads.Count == 0)
        {
            return null;
        }
        var head = heads[0];
        if (head.Crc != SnapshotChecksum.OfHead(partition, head.Epoch, head.Lsn, head.Count))
        {
            throw new LogCorruptException(
                partition, 1, head.Lsn, "the CRC-32C of the snapshot's head does not match");
        }
        var chunks = new List<ReadOnlyMemory<byte>>();
        for (var index = 0L; index < head.Count; index++)
        {
            chunks.Add(await LoadChunkAsync(connection, partition, head.Id, head.Lsn, index, ct));
        }
        return new(partition, head.Epoch, head.Lsn, chunks);
    }

    private static async Task<byte[]> LoadChunkAsync(
        NpgsqlConnection connection, int partition, long snapshotId, long lsn, long index, CancellationToken ct)
    {
        var rows = await connection.ReadRowsAsync(
            reader => (Crc: reader.GetInt64(0), Bytes: reader.GetFieldValue<byte[]>(1)), ct,
            "SELECT crc, bytes FROM snapshot_chunks WHERE partition = $1 AND snapshot_id = $2 AND chunk_index = $3",
            partition, snapshotId, index);
        return rows.Count == 1 && rows[0].Crc == SnapshotChecksum.OfChunk(partition, lsn, index, rows[0].Bytes)
            ? rows[0].Bytes
            : throw new LogCorruptException(partition, 1, lsn, rows.Count == 0
                ? $"its snapshot has lost chunk {index}"
                : $"the CRC-32C of snapshot chunk {index} does not match");
    }
}
