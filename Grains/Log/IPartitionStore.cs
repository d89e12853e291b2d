namespace OrleansBilling.Grains.Log;

/// <summary>
/// Durable, fenced storage of the partition logs: segments in LSN order and one snapshot for each partition.
/// All members may be called at the same time from any thread.
/// </summary>
/// <remarks>
/// Unless a member says otherwise: <see cref="LogCorruptException"/> when stored bytes are not what was written,
/// <see cref="StoreFailedException"/> when the storage fails. After any exception from a writing member the outcome is
/// unknown until <see cref="ReadPositionAsync"/> has been asked.
/// </remarks>
public interface IPartitionStore : IAsyncDisposable
{
    /// <summary>Creates the store, or opens it and brings its schema up to date; to be called once, first.</summary>
    /// <param name="partitionCount">Fixed for ever by the call that creates the store; at least 1. Null takes what the store
    /// has, and <see cref="StoreLayout.DefaultPartitionCount"/> when it creates it.</param>
    /// <exception cref="StoreLayoutException">The store has another number of partitions, or is from a newer
    /// version of this program.</exception>
    /// <exception cref="StoreLockedException">Somebody else has it open, where a store has one user.</exception>
    Task<StoreLayout> OpenAsync(int? partitionCount, CancellationToken ct);

    /// <summary>Takes the next epoch of a partition; from then on, no earlier epoch can write.</summary>
    /// <param name="partition">From 0, below the number of partitions.</param>
    /// <param name="owner">Who takes it, for operators to read.</param>
    Task<PartitionClaim> TakeOwnershipAsync(int partition, string owner, CancellationToken ct);

    /// <summary>
    /// Appends in one transaction, durable on return. A segment with an old epoch or out of sequence writes nothing;
    /// the others are committed all the same. May be called again with the same segments after an unknown outcome:
    /// what the first call wrote is out of sequence for the second.
    /// </summary>
    /// <param name="segments">At most one for each partition and epoch.</param>
    /// <returns>One outcome for each segment, in their order.</returns>
    Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct);

    /// <summary>Reads where a partition stands, to resolve an unknown outcome.</summary>
    Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct);

    /// <summary>Reads the newest epoch of every partition, by number; 0 where nobody ever owned it.</summary>
    Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct);

    /// <summary>Reads ascending segments, from the one containing <paramref name="fromLsn"/> to the last one that
    /// was durable when the reading began.</summary>
    /// <param name="fromLsn">From 1; past the end, nothing is read.</param>
    /// <exception cref="LogCorruptException">A record between is missing, or trimmed.</exception>
    IAsyncEnumerable<Segment> ReadAsync(int partition, long fromLsn, CancellationToken ct);

    /// <summary>Reads, ascending by LSN, the segments which may hold events of a time: a segment is read whole when
    /// its event times overlap.</summary>
    /// <param name="minEventTicks">UTC ticks, inclusive.</param>
    /// <param name="maxEventTicks">UTC ticks, inclusive.</param>
    IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct);

    /// <summary>Replaces the partition's snapshot as a whole: after a failure, the previous one stays.</summary>
    /// <param name="lsn">The last record the snapshot contains: durable, and not before the previous one's.</param>
    /// <param name="chunks">Read once, in order; a megabyte each is a good size, 256 MB the limit.</param>
    /// <returns>False when the epoch is over; nothing was replaced.</returns>
    Task<bool> SaveSnapshotAsync(
        int partition, long epoch, long lsn, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken ct);

    /// <summary>Reads the newest complete snapshot; null when there is none.</summary>
    Task<Snapshot?> LoadSnapshotAsync(int partition, CancellationToken ct);

    /// <summary>
    /// Removes the oldest segments up to the first one that was recorded at or after
    /// <paramref name="beforeRecordedTicks"/> or is not covered by the snapshot.
    /// </summary>
    /// <param name="beforeRecordedTicks">UTC ticks, exclusive.</param>
    /// <returns>The number of segments removed; 0 when the epoch is over.</returns>
    Task<long> TrimAsync(int partition, long epoch, long beforeRecordedTicks, CancellationToken ct);
}
