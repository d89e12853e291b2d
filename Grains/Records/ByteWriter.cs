using System.Text;
using NodaTime;

namespace OrleansBilling.Grains.Records;

/// <summary>
/// Grows a byte buffer with the log's primitive encodings; reused record after record, not thread-safe.
/// </summary>
internal sealed class ByteWriter
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    /// <summary>LEB128: seven bits a byte, low first.</summary>
    public void Varint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)((value & 0x7F) | 0x80);
            value >>= 7;
        }
        _buffer[_length++] = (byte)value;
    }

    /// <summary>Small absolute values take few bytes, also negative ones.</summary>
    public void Zigzag(long value) => Varint(unchecked((ulong)((value << 1) ^ (value >> 63))));

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)count);
        Reserve(count);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>As UTF-8 without its length: the record ends with it.</summary>
    public void TextToTheEnd(string value)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>In eight bytes, the high one first: values near each other begin alike.</summary>
    public void Int64HighFirst(long value)
    {
        Reserve(sizeof(long));
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }

    /// <summary>Sign and scale in one byte, then the 96-bit mantissa as LEB128: exact, trailing zeros kept.</summary>
    public void Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0x1F;
        Byte((byte)(scale | (bits[3] < 0 ? 0x80 : 0)));
        var low = unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var high = unchecked((uint)bits[2]);
        if (high == 0)
        {
            Varint(low);
            return;
        }
        var mantissa = new UInt128(high, low);
        Reserve(19);
        while (mantissa >= 0x80)
        {
            _buffer[_length++] = (byte)((byte)(mantissa & 0x7F) | 0x80);
            mantissa >>= 7;
        }
        _buffer[_length++] = (byte)mantissa;
    }

    /// <summary>Ticks since the Unix epoch, then the nanoseconds beyond them: exact.</summary>
    public void Instant(Instant value)
    {
        var ticks = value.ToUnixTimeTicks();
        Zigzag(ticks);
        Byte((byte)(value - NodaTime.Instant.FromUnixTimeTicks(ticks)).SubsecondNanoseconds);
    }

    public void UInt64(ulong value)
    {
        Reserve(8);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }
    }
}
