using System.Text;
using OrleansBilling.Grains.Log;

namespace OrleansBilling.Storage.Tests;

/// <summary>Short forms for writing to and reading from any store.</summary>
internal static class Stores
{
    public static SegmentWrite Segment(PartitionClaim claim, long firstLsn, params string[] records) =>
        Segment(new SegmentHeader(claim.Partition, claim.Epoch, firstLsn, 0, RecordedTicks: 1, 0, 0), records);

    public static SegmentWrite Segment(SegmentHeader header, params string[] records) => SegmentCodec.Encode(
        header, [.. records.Select(record => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(record)))]);

    public static Task<PartitionClaim> TakeAsync(this IPartitionStore store, int partition, string owner = "test") =>
        store.TakeOwnershipAsync(partition, owner, CancellationToken.None);

    public static Task<AppendOutcome[]> AppendAsync(this IPartitionStore store, params SegmentWrite[] segments) =>
        store.AppendAsync(segments, CancellationToken.None);

    public static async Task<List<Segment>> SegmentsAsync(
        this IPartitionStore store, int partition, long fromLsn = 1) =>
        await store.ReadAsync(partition, fromLsn, CancellationToken.None).ToListAsync();

    public static async Task<List<string>> RecordsAsync(this IPartitionStore store, int partition) =>
        [.. (await store.SegmentsAsync(partition)).SelectMany(Records)];

    public static IEnumerable<string> Records(this Segment segment)
    {
        foreach (var record in segment)
        {
            yield return Encoding.UTF8.GetString(record.Bytes.Span);
        }
    }

    public static Task<bool> SaveAsync(
        this IPartitionStore store, PartitionClaim claim, long lsn, params string[] chunks) =>
        store.SaveSnapshotAsync(claim.Partition, claim.Epoch, lsn, Chunks(chunks), CancellationToken.None);

    public static async Task<List<string>?> SnapshotAsync(this IPartitionStore store, int partition)
    {
        var snapshot = await store.LoadSnapshotAsync(partition, CancellationToken.None);
        return snapshot?.Chunks.Select(chunk => Encoding.UTF8.GetString(chunk.Span)).ToList();
    }

    public static IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks(params string[] chunks) =>
        chunks.Select(chunk => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(chunk))).ToAsyncEnumerable();

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
