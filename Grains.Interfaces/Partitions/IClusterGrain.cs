namespace OrleansBilling.Contracts.Partitions;

/// <summary>Facts every client of the cluster needs; key 0.</summary>
[GrainInterfaceType("billing.cluster")]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>Number of partitions, fixed at first start.</summary>
    [Alias("partition-count")]
    Task<int> PartitionCount();
}
