using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Gateway.Usage;

/// <summary>The partitions of the cluster. Their number never changes, so it is asked once.</summary>
public sealed class PartitionRouter(IGrainFactory grains)
{
    private IPartitionGrain[]? _partitions;

    /// <summary>All partitions by number.</summary>
    public ValueTask<IPartitionGrain[]> AllAsync() => _partitions is { } known ? new(known) : new(AskAsync());

    private async Task<IPartitionGrain[]> AskAsync()
    {
        var count = await grains.GetGrain<IClusterGrain>(0).PartitionCount();
        return _partitions = [.. Enumerable.Range(0, count).Select(number => grains.GetGrain<IPartitionGrain>(number))];
    }
}
