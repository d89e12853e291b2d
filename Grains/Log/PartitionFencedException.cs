namespace OrleansBilling.Grains.Log;

/// <summary>Somebody took a newer epoch of the partition; the records of this handle were not written.</summary>
public sealed class PartitionFencedException(int partition, long epoch)
    : LogException($"Partition {partition} has a new owner; epoch {epoch} writes no more.")
{
    /// <summary>From 0.</summary>
    public int Partition { get; } = partition;

    /// <summary>The epoch that is over.</summary>
    public long Epoch { get; } = epoch;
}
