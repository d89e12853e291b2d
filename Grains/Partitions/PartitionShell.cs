using Orleans.Runtime.Placement;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// A grain that is a thin shell around something of a partition, and lives where the partition lives. Shells interleave freely:
/// the partition's turns keep the state right.
/// </summary>
internal abstract class PartitionShell(PartitionHost host) : Grain
{
    protected PartitionHost Host => host;

    /// <summary>The partition that the shell belongs to.</summary>
    public abstract int PartitionNumber { get; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        host.Shells.Add(this);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        host.Shells.Remove(this);
        return Task.CompletedTask;
    }

    /// <summary>The partition; a shell that finds it moved away follows it.</summary>
    /// <exception cref="PartitionUnavailableException">It is on its way, or cannot be loaded.</exception>
    protected async ValueTask<Partition> Home()
    {
        if (host.Find(PartitionNumber) is { } here)
        {
            return here;
        }
        var status = await GrainFactory.GetGrain<IPartitionGrain>(PartitionNumber).Status();
        if (host.Find(PartitionNumber) is { } loaded)
        {
            return loaded;
        }
        if (status.Silo is { } there)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, there);
            MigrateOnIdle();
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
        throw new PartitionUnavailableException(
            $"Partition {PartitionNumber} has moved to another silo; send the same request again.");
    }
}
