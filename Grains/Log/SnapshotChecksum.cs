using System.Buffers.Binary;

namespace OrleansBilling.Grains.Log;

/// <summary>Checks not only a chunk's bytes but that it is this snapshot's chunk, at this place.</summary>
internal static class SnapshotChecksum
{
    public static uint OfChunk(int partition, long lsn, long index, ReadOnlySpan<byte> bytes)
    {
        var state = Crc32C.Update(Crc32C.Start, Place(partition, lsn, index));
        return Crc32C.Finish(Crc32C.Update(state, bytes));
    }

    public static uint OfHead(int partition, long epoch, long lsn, long chunkCount)
    {
        var state = Crc32C.Update(Crc32C.Start, Place(partition, epoch, lsn));
        return Crc32C.Finish(Crc32C.Update(state, Place(partition, lsn, chunkCount)));
    }

    private static byte[] Place(int partition, long second, long third)
    {
        var bytes = new byte[20];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, partition);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), second);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), third);
        return bytes;
    }
}
