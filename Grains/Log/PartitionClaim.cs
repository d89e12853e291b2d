namespace OrleansBilling.Grains.Log;

/// <summary>The right to append to one partition, until somebody takes a later epoch.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Epoch">Greater than every epoch of this partition before; from 1.</param>
/// <param name="LastLsn">Number of the last durable record; 0 when the partition has none.</param>
public readonly record struct PartitionClaim(int Partition, long Epoch, long LastLsn);
