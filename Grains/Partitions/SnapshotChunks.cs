using System.Buffers.Binary;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Snapshot records, each behind its four-byte length, gathered into chunks of about a megabyte.</summary>
internal sealed class SnapshotChunks
{
    private const int ChunkBytes = 1 << 20;
    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private readonly System.Buffers.ArrayBufferWriter<byte> _open = new();

    public void Add(ReadOnlySpan<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_open.GetSpan(4), record.Length);
        _open.Advance(4);
        record.CopyTo(_open.GetSpan(record.Length));
        _open.Advance(record.Length);
        if (_open.WrittenCount >= ChunkBytes)
        {
            Close();
        }
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Finish()
    {
        if (_open.WrittenCount > 0)
        {
            Close();
        }
        return _full;
    }

    private void Close()
    {
        _full.Add(_open.WrittenMemory.ToArray());
        _open.ResetWrittenCount();
    }

    public static void ForEach(IReadOnlyList<ReadOnlyMemory<byte>> chunks, Action<ReadOnlySpan<byte>> record)
    {
        foreach (var chunk in chunks)
        {
            var rest = chunk.Span;
            while (!rest.IsEmpty)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
                record(rest.Slice(4, length));
                rest = rest[(4 + length)..];
            }
        }
    }

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Stream(IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        foreach (var chunk in chunks)
        {
            yield return chunk;
        }
        await Task.CompletedTask;
    }
}
