using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

public sealed partial class SqlitePartitionStore
{
    private const int RowsADelete = 16;

    /// <inheritdoc/>
    public async Task<bool> SaveSnapshotAsync(
        int partition, long epoch, long lsn, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken ct)
    {
        // Chunks go in one by one, between other commits; only the last statement makes them the snapshot.
        var snapshotId = await WriteAsync(connection => BeginSnapshot(connection, partition, epoch, lsn), ct);
        if (snapshotId is null)
        {
            return false;
        }
        await RemoveOldChunksAsync(partition, ct);
        var count = 0L;
        await foreach (var chunk in chunks.WithCancellation(ct))
        {
            var index = count++;
            if (!await WriteAsync(c => InsertChunk(c, partition, epoch, snapshotId.Value, lsn, index, chunk), ct))
            {
                return false;
            }
        }
        var published = await WriteAsync(c => PublishSnapshot(c, partition, epoch, snapshotId.Value, lsn, count), ct);
        if (published)
        {
            await RemoveOldChunksAsync(partition, ct);
        }
        return published;
    }

    /// <inheritdoc/>
    public Task<Snapshot?> LoadSnapshotAsync(int partition, CancellationToken ct) =>
        QueryAsync(connection => LoadSnapshot(connection, partition), ct);

    /// <inheritdoc/>
    public async Task<long> TrimAsync(int partition, long epoch, long beforeRecordedTicks, CancellationToken ct)
    {
        var total = 0L;
        long removed;
        do
        {
            removed = await WriteAsync(connection => Trim(connection, partition, epoch, beforeRecordedTicks), ct);
            total += removed;
        }
        while (removed > 0);
        return total;
    }

    private static long? BeginSnapshot(SqliteConnection connection, int partition, long epoch, long lsn)
    {
        var lastLsn = connection.ReadLong("SELECT last_lsn FROM partitions WHERE partition = ?1", partition)
            ?? throw NoSuchPartition(partition);
        var newest = connection.ReadLong("SELECT lsn FROM snapshots WHERE partition = ?1", partition) ?? 0;
        var snapshotId = connection.ReadLong(
            "UPDATE partitions SET last_snapshot_id = last_snapshot_id + 1 WHERE partition = ?1 AND epoch = ?2 " +
            "RETURNING last_snapshot_id", partition, epoch);
        if (snapshotId is not null && (lsn > lastLsn || lsn < newest))
        {
            throw new ArgumentOutOfRangeException(nameof(lsn), lsn,
                $"Partition {partition} is durable to LSN {lastLsn} and has a snapshot at {newest}.");
        }
        return snapshotId;
    }

    private static bool InsertChunk(
        SqliteConnection connection,
        int partition,
        long epoch,
        long snapshotId,
        long lsn,
        long index,
        ReadOnlyMemory<byte> chunk)
    {
        var crc = SnapshotChecksum.OfChunk(partition, lsn, index, chunk.Span);
        return connection.Execute(
            "INSERT INTO snapshot_chunks (partition, snapshot_id, chunk_index, crc, bytes) " +
            "SELECT partition, ?3, ?4, ?5, ?6 FROM partitions WHERE partition = ?1 AND epoch = ?2",
            partition, epoch, snapshotId, index, crc, chunk.ToArray()) == 1;
    }

    private static bool PublishSnapshot(
        SqliteConnection connection, int partition, long epoch, long snapshotId, long lsn, long count)
    {
        var stored = connection.ReadLong(
            "SELECT count(*) FROM snapshot_chunks WHERE partition = ?1 AND snapshot_id = ?2", partition, snapshotId);
        var crc = SnapshotChecksum.OfHead(partition, epoch, lsn, count);
        var published = connection.Execute(
            "INSERT OR REPLACE INTO snapshots (partition, snapshot_id, epoch, lsn, chunk_count, crc) " +
            "SELECT partition, ?3, epoch, ?4, ?5, ?6 FROM partitions WHERE partition = ?1 AND epoch = ?2",
            partition, epoch, snapshotId, lsn, count, crc) == 1;
        return !published || stored == count ? published : throw new InvalidOperationException(
            $"Only {stored} of the {count} chunks of partition {partition}'s snapshot are left: " +
            "another save came between.");
    }

    // Freeing a chunk reads all its pages, so a large snapshot is removed in steps that let commits through.
    private async Task RemoveOldChunksAsync(int partition, CancellationToken ct)
    {
        int removed;
        do
        {
            removed = await WriteAsync(connection => connection.Execute(
                "DELETE FROM snapshot_chunks WHERE id IN (SELECT c.id FROM snapshot_chunks c " +
                "LEFT JOIN snapshots s ON s.partition = c.partition JOIN partitions p ON p.partition = c.partition " +
                "WHERE c.partition = ?1 AND c.snapshot_id <> coalesce(s.snapshot_id, 0) " +
                $"AND c.snapshot_id <> p.last_snapshot_id LIMIT {RowsADelete})", partition), ct);
        }
        while (removed > 0);
    }

    private static Snapshot? LoadSnapshot(SqliteConnection connection, int partition)
    {
        using var command = connection.Prepare(
            "SELECT snapshot_id, epoch, lsn, chunk_count, crc FROM snapshots WHERE partition = ?1", partition);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }
        var (epoch, lsn, chunkCount) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        if (reader.GetInt64(4) != SnapshotChecksum.OfHead(partition, epoch, lsn, chunkCount))
        {
            throw new LogCorruptException(partition, 1, lsn, "the CRC-32C of the snapshot's head does not match");
        }
        var chunks = LoadChunks(connection, partition, reader.GetInt64(0), lsn);
        return chunks.Count == chunkCount
            ? new(partition, epoch, lsn, chunks)
            : throw new LogCorruptException(partition, 1, lsn,
                $"its snapshot has {chunks.Count} chunks of {chunkCount}");
    }

    private static List<ReadOnlyMemory<byte>> LoadChunks(
        SqliteConnection connection, int partition, long snapshotId, long lsn)
    {
        using var command = connection.Prepare(
            "SELECT crc, bytes FROM snapshot_chunks WHERE partition = ?1 AND snapshot_id = ?2 ORDER BY chunk_index",
            partition, snapshotId);
        using var reader = command.ExecuteReader();
        var chunks = new List<ReadOnlyMemory<byte>>();
        while (reader.Read())
        {
            if (reader.GetValue(1) is not byte[] bytes
                || reader.GetInt64(0) != SnapshotChecksum.OfChunk(partition, lsn, chunks.Count, bytes))
            {
                throw new LogCorruptException(partition, 1, lsn,
                    $"the CRC-32C of snapshot chunk {chunks.Count} does not match");
            }
            chunks.Add(bytes);
        }
        return chunks;
    }

    private static long Trim(SqliteConnection connection, int partition, long epoch, long beforeRecordedTicks)
    {
        // Up to the first segment that must stay, so that the rest is one sequence even if a clock went back.
        var firstKept = connection.ReadLong(
            "SELECT min(first_lsn) FROM segments WHERE partition = ?1 AND (recorded_ticks >= ?2 OR last_lsn > " +
            "coalesce((SELECT lsn FROM snapshots WHERE partition = ?1), 0))", partition, beforeRecordedTicks);
        return connection.Execute(
            "DELETE FROM segments WHERE id IN (SELECT s.id FROM segments s JOIN partitions p USING (partition) " +
            "WHERE s.partition = ?1 AND p.epoch = ?2 AND s.first_lsn < ?3 " +
            $"ORDER BY s.first_lsn LIMIT {RowsADelete})", partition, epoch, firstKept ?? long.MaxValue);
    }
}
