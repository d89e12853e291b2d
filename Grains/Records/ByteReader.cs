using System.Buffers.Binary;
using System.Text;
using NodaTime;

namespace OrleansBilling.Grains.Records;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote. Running over the end throws; the log's CRC makes that a bug, not a risk.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public long Zigzag()
    {
        var value = Varint();
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    public int Int32() => (int)Varint();

    public string Text()
    {
        var length = Int32();
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public void SkipText()
    {
        var length = Int32();
        _rest = _rest[length..];
    }

    public decimal Decimal()
    {
        var head = Byte();
        UInt128 mantissa = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            mantissa |= (UInt128)(uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                break;
            }
        }
        var low = (ulong)(mantissa & ulong.MaxValue);
        return new decimal(
            unchecked((int)low),
            unchecked((int)(low >> 32)),
            unchecked((int)(uint)(mantissa >> 64)),
            (head & 0x80) != 0,
            (byte)(head & 0x1F));
    }

    public Instant Instant() =>
        NodaTime.Instant.FromUnixTimeTicks(Zigzag()) + Duration.FromNanoseconds((long)Byte());

    public ulong UInt64()
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }
}
