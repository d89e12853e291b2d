namespace OrleansBilling.Grains.Log;

/// <summary>What <see cref="SegmentReading"/> asks of a store that keeps segments as rows of a table.</summary>
internal interface ISegmentSource
{
    Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct);

    /// <returns>The first LSN of the last segment that begins at or before the LSN; null when there is none.</returns>
    Task<long?> FindSegmentAsync(int partition, long lsn, CancellationToken ct);

    /// <summary>Ascending segments which begin in the range, inclusive; as many as <see cref="SegmentReading"/> says.</summary>
    Task<List<StoredSegment>> ReadPageAsync(int partition, long fromLsn, long lastLsn, CancellationToken ct);

    /// <returns>Ascending first LSNs of the segments whose event times overlap.</returns>
    Task<List<long>> FindByTimeAsync(int partition, long minEventTicks, long maxEventTicks, CancellationToken ct);

    /// <summary>The segments with these first LSNs, without those that were trimmed meanwhile.</summary>
    Task<List<StoredSegment>> ReadEachAsync(int partition, long[] firstLsns, CancellationToken ct);
}
