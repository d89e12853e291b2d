namespace OrleansBilling.Grains.Log;

/// <summary>Unsigned LEB128 of a non-negative 32-bit length: 1 to 5 bytes, lowest seven bits first.</summary>
internal static class Varint
{
    public const int MaxBytes = 5;

    public static int SizeOf(int value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        < 1 << 28 => 4,
        _ => 5,
    };

    public static int Write(Span<byte> target, int value)
    {
        var rest = (uint)value;
        var count = 0;
        while (rest >= 0x80)
        {
            target[count++] = (byte)(rest & 0x7F | 0x80);
            rest >>= 7;
        }
        target[count++] = (byte)rest;
        return count;
    }

    /// <returns>False when the bytes end too early or the value is beyond <see cref="int.MaxValue"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out int value, out int bytesRead)
    {
        ulong result = 0;
        for (var i = 0; i < source.Length && i < MaxBytes; i++)
        {
            result |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                value = result <= int.MaxValue ? (int)result : 0;
                bytesRead = i + 1;
                return result <= int.MaxValue;
            }
        }
        value = 0;
        bytesRead = 0;
        return false;
    }
}
