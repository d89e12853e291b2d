using System.Runtime.CompilerServices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Storage;

/// <summary>One silo's way to the store.</summary>
internal sealed class StoreConnection(SimulatedStore store, World world, string who) : IPartitionStore
{
    /// <summary>Whether nothing passes, in either direction.</summary>
    public bool Cut { get; set; }

    public Task<StoreLayout> OpenAsync(int? partitionCount, CancellationToken ct) =>
        Task.FromResult(new StoreLayout(store.Image.PartitionCount, false));

    public Task<PartitionClaim> TakeOwnershipAsync(int partition, string owner, CancellationToken ct) =>
        Call($"take {partition}", image => image.Take(partition));

    public async Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct)
    {
        // The bytes have left the caller: its memory may be used for something else when they are executed.
        SegmentWrite[] sent = [.. segments.Select(s => s with { Encoded = s.Encoded.ToArray() })];
        if (world.Trace.IsRead)
        {
            world.Trace.Note($"{who} appends {string.Join(", ", sent.Select(Describe))}");
        }
        try
        {
            return await Call("append", image => image.Append(sent));
        }
        catch (StoreFailedException) when (world.Mutation == Mutation.UnknownTakenAsWritten)
        {
            return Array.ConvertAll(sent, _ => AppendOutcome.Written);
        }
    }

    public Task<LogPosition> ReadPositionAsync(int partition, CancellationToken ct) =>
        Call("position", image => image.Position(partition));

    public async Task<IReadOnlyList<long>> ReadEpochsAsync(CancellationToken ct) =>
        await Call("epochs", image => image.Epochs());

    public async IAsyncEnumerable<Segment> ReadAsync(
        int partition, long fromLsn, [EnumeratorCancellation] CancellationToken ct)
    {
        var segments = await Call("read", image => image.From(partition, fromLsn));
        foreach (var segment in segments)
        {
            if (world.Dice.Chance(20))
            {
                // The next page.
                await Call("read on", _ => true);
            }
            yield return SegmentCodec.Decode(segment.Encoded, partition, segment.Header.FirstLsn, segment.Header.LastLsn);
        }
    }

    public IAsyncEnumerable<Segment> ReadByTimeAsync(
        int partition, long minEventTicks, long maxEventTicks, CancellationToken ct) =>
        throw new NotSupportedException("No listing is simulated.");

    public async Task<bool> SaveSnapshotAsync(
        int partition, long epoch, long lsn, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken ct)
    {
        var sent = new List<ReadOnlyMemory<byte>>();
        await foreach (var chunk in chunks.WithCancellation(ct))
        {
            // A chunk that does not arrive ends the save; nothing of it counts.
            await Call("chunk", _ => true);
            sent.Add(chunk.ToArray());
        }
        return await Call($"snapshot {partition}", image => image.SaveSnapshot(new(partition, epoch, lsn, sent)));
    }

    public Task<Snapshot?> LoadSnapshotAsync(int partition, CancellationToken ct) =>
        Call("load", image => image.LoadSnapshot(partition));

    /// <summary>Nothing gets old enough in a simulation.</summary>
    public Task<long> TrimAsync(int partition, long epoch, long beforeRecordedTicks, CancellationToken ct) =>
        Call("trim", _ => 0L);

    public ValueTask DisposeAsync() => default;

    private Task<T> Call<T>(string what, Func<StoreImage, T> execute) => store.Call(who, what, () => Cut, execute);

    private static string Describe(SegmentWrite segment) =>
        $"{segment.Header.Partition}:{segment.Header.FirstLsn}-{segment.Header.LastLsn} of epoch {segment.Header.Epoch}";
}
