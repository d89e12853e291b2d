using System.Buffers.Binary;
using System.Numerics;

namespace OrleansBilling.Grains.Log;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>Start value for <see cref="Update"/>.</summary>
    public const uint Start = uint.MaxValue;

    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Update(Start, bytes));

    public static uint Update(uint state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var b in bytes)
        {
            state = BitOperations.Crc32C(state, b);
        }
        return state;
    }

    public static uint Finish(uint state) => ~state;
}
