using System.Runtime.CompilerServices;
using OrleansBilling.Grains.Log;

namespace OrleansBilling.Grains.Tests;

/// <summary>One open store for several silos of this process: the first one to open it opens it, no silo closes it.</summary>
internal sealed class SharedStore(IPartitionStore store) : IPartitionStore
{
    private readonly Lock _gate = new();
    private Task<StoreLayout>? _opened;

    public Task<StoreLayout> OpenAsync(int? partitionCount, CancellationToken ct)
    {
        lock (_gate)
        {
            return _opened ??= store.OpenAsync(partitionCount, ct);
        }
    }

    public ValueTask ReallyDisposeAsync() => store.DisposeAsync();

    public ValueTask DisposeAsync() => default;

    public Task<PartitionClaim> TakeOwnershipAsync(int partition, string owner, CancellationToken ct) =>
        store.TakeOwnershipAsync(partition, owner, ct);

    public Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct) =>
        store.AppendAsync(segments, ct);

    public Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct) => store.ReadPositionAsync(partition, ct);

    public Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct) => store.ReadEpochsAsync(ct);

    public IAsyncEnumerable<Segment> ReadAsync(int partition, long fromLsn, CancellationToken ct) =>
        store.ReadAsync(partition, fromLsn, ct);

    /// <summary>Done by every reader of a time range before it reads.</summary>
    public Func<Task>? BeforeReadByTime { get; set; }

    public async IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, [EnumeratorCancellation] CancellationToken ct)
    {
        await (BeforeReadByTime?.Invoke() ?? Task.CompletedTask);
        await foreach (var segment in store.ReadByTimeAsync(partition, minEventTicks, maxEventTicks, ct))
        {
            yield return segment;
        }
    }

    public Task<bool> SaveSnapshotAsync(
        int partition, long epoch, long lsn, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken ct) =>
        store.SaveSnapshotAsync(partition, epoch, lsn, chunks, ct);

    public Task<Snapshot?> LoadSnapshotAsync(int partition, CancellationToken ct) => store.LoadSnapshotAsync(partition, ct);

    public Task<long> TrimAsync(int partition, long epoch, long beforeRecordedTicks, CancellationToken ct) =>
        store.TrimAsync(partition, epoch, beforeRecordedTicks, ct);
}
