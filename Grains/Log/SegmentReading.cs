using System.Runtime.CompilerServices;

namespace OrleansBilling.Grains.Log;

/// <summary>Reads segments page by page and checks that none is missing: the same for every store with tables.</summary>
internal static class SegmentReading
{
    // Short pages keep read transactions short: a long one keeps what was deleted from being reused.
    public const int SegmentsAPage = 64;
    public const int BytesAPage = 8 << 20;

    /// <inheritdoc cref="IPartitionStore.ReadAsync"/>
    public static async IAsyncEnumerable<Segment> ReadAsync(
        ISegmentSource source, int partition, long fromLsn, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromLsn, 1);
        var position = await source.ReadPositionAsync(partition, ct);
        if (fromLsn > position.LastLsn)
        {
            yield break;
        }
        var nextLsn = await source.FindSegmentAsync(partition, fromLsn, ct)
            ?? throw Missing(partition, fromLsn, position.FirstLsn - 1);
        while (nextLsn <= position.LastLsn)
        {
            var page = await source.ReadPageAsync(partition, nextLsn, position.LastLsn, ct);
            foreach (var stored in page.Count > 0 ? page : throw Missing(partition, nextLsn, position.LastLsn))
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

    /// <inheritdoc cref="IPartitionStore.ReadByTimeAsync"/>
    public static async IAsyncEnumerable<Segment> ReadByTimeAsync(
        ISegmentSource source,
        int partition,
        long minEventTicks,
        long maxEventTicks,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var firstLsns = await source.FindByTimeAsync(partition, minEventTicks, maxEventTicks, ct);
        foreach (var lsns in firstLsns.Chunk(SegmentsAPage))
        {
            foreach (var stored in await source.ReadEachAsync(partition, lsns, ct))
            {
                yield return stored.Decode(partition);
            }
        }
    }

    /// <summary>Makes a position of what the tables say.</summary>
    /// <param name="lastLsn">According to the partition's row.</param>
    /// <param name="firstStored">The first record stored; null when none is.</param>
    /// <param name="lastStored">The last record stored, or else contained in the snapshot; 0 when there is neither.</param>
    /// <exception cref="LogCorruptException">The two places in which the last number is kept differ: records would be
    /// lost or numbered twice.</exception>
    public static LogPosition Position(int partition, long epoch, long lastLsn, long? firstStored, long lastStored) =>
        lastStored == lastLsn
            ? new(epoch, firstStored ?? (lastLsn + 1), lastLsn)
            : throw new LogCorruptException(partition, Math.Min(lastLsn, lastStored) + 1, Math.Max(lastLsn, lastStored),
                $"the partition says it ends at LSN {lastLsn}, its segments do not");

    private static LogCorruptException Missing(int partition, long firstLsn, long lastLsn) =>
        new(partition, firstLsn, lastLsn, "these records are missing, or were trimmed");
}
