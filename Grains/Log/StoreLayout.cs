namespace OrleansBilling.Grains.Log;

/// <summary>What an opened store says about itself.</summary>
/// <param name="PartitionCount">Fixed when the store was created; at least 1. Partitions are numbered from 0.</param>
/// <param name="Created">True when this call created the store, so that there is nothing to replay.</param>
public readonly record struct StoreLayout(int PartitionCount, bool Created);
