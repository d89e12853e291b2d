using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Partitions;

/// <summary>A snapshot of one moment, which is read once, after the turn that began it.</summary>
/// <param name="chunks">All of it but the ids of events.</param>
/// <param name="eventIds">Those, as they were.</param>
internal sealed class SnapshotSource(IReadOnlyList<ReadOnlyMemory<byte>> chunks, EventIdCopy eventIds)
{
    /// <summary>Bytes that were read so far.</summary>
    public long Bytes { get; private set; }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        foreach (var chunk in chunks)
        {
            Bytes += chunk.Length;
            yield return chunk;
        }
        foreach (var record in eventIds.Records())
        {
            var gathered = new SnapshotChunks();
            gathered.Add(record.Written);
            foreach (var chunk in gathered.Finish())
            {
                Bytes += chunk.Length;
                yield return chunk;
            }
        }
        await Task.CompletedTask;
    }
}
