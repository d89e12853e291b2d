using System.Buffers.Binary;
using System.Text;

namespace OrleansBilling.Grains.Tenants;

/// <summary>
/// The ids of a tenant's devices and subscriptions in one partition, as UTF-8 one behind the other: a string of 15 digits
/// takes 64 bytes with the reference to it, 21 here. Nothing is ever removed.
/// </summary>
internal sealed class IdStore
{
    // A place is the number of a chunk and an offset in it. Chunks begin small: most tenants are.
    private const int OffsetBits = 16;
    private const int SmallestChunk = 256;
    private const int LargestChunk = 1 << OffsetBits;
    private const int LengthBytes = 2;

    private readonly List<byte[]> _chunks = [];
    private int _used;

    /// <summary>Keeps an id of at most 16,000 characters; returns its place.</summary>
    public int Add(string id)
    {
        var length = Encoding.UTF8.GetByteCount(id);
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < LengthBytes + length)
        {
            var before = _chunks.Count == 0 ? 0 : _chunks[^1].Length;
            var size = Math.Clamp(before * 2, Math.Max(SmallestChunk, LengthBytes + length), LargestChunk);
            _chunks.Add(new byte[size]);
            _used = 0;
        }
        var place = ((_chunks.Count - 1) << OffsetBits) | _used;
        var free = _chunks[^1].AsSpan(_used);
        BinaryPrimitives.WriteUInt16LittleEndian(free, (ushort)length);
        _used += LengthBytes + Encoding.UTF8.GetBytes(id, free[LengthBytes..]);
        return place;
    }

    public string Get(int place) => Encoding.UTF8.GetString(Bytes(place));

    public ReadOnlySpan<byte> Bytes(int place)
    {
        var stored = _chunks[place >> OffsetBits].AsSpan(place & (LargestChunk - 1));
        return stored.Slice(LengthBytes, BinaryPrimitives.ReadUInt16LittleEndian(stored));
    }
}
