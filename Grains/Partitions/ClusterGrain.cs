using Orleans.Concurrency;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Answers from what every silo knows.</summary>
[StatelessWorker, GrainType("cluster")]
internal sealed class ClusterGrain(PartitionHost host) : Grain, IClusterGrain
{
    public Task<int> PartitionCount() => Task.FromResult(host.PartitionCount);
}
