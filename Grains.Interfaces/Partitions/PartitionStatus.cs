namespace OrleansBilling.Contracts.Partitions;

/// <summary>Figures of a partition for operators.</summary>
/// <param name="Silo">Where it is.</param>
[GenerateSerializer, Immutable, Alias("billing.partition-status")]
public sealed record PartitionStatus(
    [property: Id(0)] int Partition,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Position,
    [property: Id(3)] long SnapshotPosition,
    [property: Id(4)] int Devices,
    [property: Id(5)] int Subscriptions,
    [property: Id(6)] int Customers,
    [property: Id(7)] long EventIds,
    [property: Id(8)] SiloAddress? Silo);
