using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Hosting;

/// <summary>
/// Opens the log before grains run, rehearses before the silo joins, and wakes its partitions up; at the end hands them over
/// while the other silos already know that this one leaves, and flushes and snapshots what is left after the last grain stopped.
/// </summary>
internal sealed class PartitionLifecycle(
    PartitionHost host, OwnershipKeeper keeper, Rehearsal rehearsal, LogWriter writer, PartitionOptions options, PartitionMetrics metrics)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.RuntimeStorageServices, host.OpenAsync, Flush);
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.ApplicationServices, Rehearse, keeper.Leave);
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.Active, keeper.Start, host.StopTicks);
    }

    /// <summary>A store that has one user has nobody who waits meanwhile.</summary>
    private Task Rehearse(CancellationToken ct) =>
        options.ConfirmedFor == Timeout.InfiniteTimeSpan ? Task.CompletedTask : rehearsal.Run(ct);

    /// <summary>What does not reach the disk before the host's patience ends was not acknowledged either.</summary>
    private async Task Flush(CancellationToken ct)
    {
        metrics.Dispose();
        await host.SnapshotAll(ct).WaitAsync(ct);
        await writer.DisposeAsync().AsTask().WaitAsync(ct);
        await host.Store.DisposeAsync();
    }
}
