namespace OrleansBilling.Grains.Log;

/// <summary>A segment to be appended.</summary>
/// <param name="Header">Indexed by the store; <paramref name="Encoded"/> repeats it.</param>
/// <param name="Encoded">Header and payload as <see cref="SegmentCodec"/> lays them out; stored as it is. The memory is
/// the caller's again once the append has returned.</param>
public readonly record struct SegmentWrite(SegmentHeader Header, ReadOnlyMemory<byte> Encoded);
