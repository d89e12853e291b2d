using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Hosting;

/// <summary>
/// Opens the log before grains run and wakes the silo's partitions up; at the end hands them over while the other silos already
/// know that this one leaves, and flushes and snapshots what is left after the last grain stopped.
/// </summary>
internal sealed class PartitionLifecycle(
    PartitionHost host, OwnershipKeeper keeper, LogWriter writer, PartitionMetrics metrics) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.RuntimeStorageServices, host.OpenAsync, Flush);
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, keeper.Leave);
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.Active, keeper.Start, host.StopTicks);
    }

    /// <summary>What does not reach the disk before the host's patience ends was not acknowledged either.</summary>
    private async Task Flush(CancellationToken ct)
    {
        metrics.Dispose();
        await host.SnapshotAll(ct).WaitAsync(ct);
        await writer.DisposeAsync().AsTask().WaitAsync(ct);
        await host.Store.DisposeAsync();
    }
}
