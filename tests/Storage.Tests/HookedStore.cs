using OrleansBilling.Grains.Log;

namespace OrleansBilling.Storage.Tests;

/// <summary>The real store, with a hold of its appends: they can be counted, delayed, or made to fail on either side
/// of the commit.</summary>
internal sealed class HookedStore(IPartitionStore store) : IPartitionStore
{
    private int _appends;

    public int Appends => Volatile.Read(ref _appends);

    public Func<Task> BeforeAppend { get; set; } = () => Task.CompletedTask;

    public Func<Task> AfterAppend { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeReadPosition { get; set; } = () => Task.CompletedTask;

    public async Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct)
    {
        Interlocked.Increment(ref _appends);
        await BeforeAppend();
        var outcomes = await store.AppendAsync(segments, ct);
        await AfterAppend();
        return outcomes;
    }

    public async Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct)
    {
        await BeforeReadPosition();
        return await store.ReadPositionAsync(partition, ct);
    }

    public Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct) => store.ReadEpochsAsync(ct);

    public Task<StoreLayout> OpenAsync(int? partitionCount, CancellationToken ct) => store.OpenAsync(partitionCount, ct);

    public Task<PartitionClaim> TakeOwnershipAsync(int partition, string owner, CancellationToken ct) =>
        store.TakeOwnershipAsync(partition, owner, ct);

    public IAsyncEnumerable<Segment> ReadAsync(int partition, long fromLsn, CancellationToken ct) =>
        store.ReadAsync(partition, fromLsn, ct);

    public IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct) =>
        store.ReadByTimeAsync(partition, minEventTicks, maxEventTicks, ct);

    public Task<bool> SaveSnapshotAsync(
        int partition, long epoch, long lsn, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken ct) =>
        store.SaveSnapshotAsync(partition, epoch, lsn, chunks, ct);

    public Task<Snapshot?> LoadSnapshotAsync(int partition, CancellationToken ct) =>
        store.LoadSnapshotAsync(partition, ct);

    public Task<long> TrimAsync(int partition, long epoch, long beforeRecordedTicks, CancellationToken ct) =>
        store.TrimAsync(partition, epoch, beforeRecordedTicks, ct);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
