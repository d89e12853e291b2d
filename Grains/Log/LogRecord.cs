namespace OrleansBilling.Grains.Log;

/// <summary>One record as it was appended.</summary>
/// <param name="Lsn">Its number in the partition; from 1, without holes.</param>
/// <param name="Bytes">Opaque to the log. A slice of its segment: it keeps the whole segment alive.</param>
public readonly record struct LogRecord(long Lsn, ReadOnlyMemory<byte> Bytes);
