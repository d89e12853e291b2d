using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>The entries of an <see cref="EventIdIndex"/> at one moment, for a snapshot that is written after it.</summary>
internal sealed class EventIdCopy(EventIdIndex.Entry[][] chunks, int count)
{
    /// <summary>Just below a megabyte.</summary>
    private const int EntriesPerRecord = 40_000;

    /// <summary>Each record in turn, in the order the ids came; valid until the next.</summary>
    public IEnumerable<ByteWriter> Records()
    {
        var writer = new ByteWriter();
        for (var from = 0; from < count; from += EntriesPerRecord)
        {
            Write(writer, from, Math.Min(EntriesPerRecord, count - from));
            yield return writer;
        }
    }

    private void Write(ByteWriter writer, int from, int entries)
    {
        writer.Clear();
        writer.Byte((byte)RecordType.EventIds);
        writer.Varint((ulong)entries);
        for (var i = from; i < from + entries; i++)
        {
            chunks[i / EventIdIndex.ChunkEntries][i % EventIdIndex.ChunkEntries].Write(writer);
        }
    }
}
