namespace OrleansBilling.Grains.Log;

/// <summary>A partition's state as of one LSN, read back and verified as a whole.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Epoch">The epoch that saved it.</param>
/// <param name="Lsn">The last record it contains; replay goes on with the next one.</param>
/// <param name="Chunks">In the order in which they were saved; opaque to the log.</param>
public sealed record Snapshot(int Partition, long Epoch, long Lsn, IReadOnlyList<ReadOnlyMemory<byte>> Chunks);
