using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Hosting;

/// <summary>
/// Opens the log before grains run, wakes the partitions up, and flushes and snapshots after the last grain stopped.
/// </summary>
internal sealed class PartitionLifecycle(PartitionHost host, LogWriter writer, IGrainFactory grains, PartitionMetrics metrics)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.RuntimeStorageServices, host.OpenAsync, Flush);
        lifecycle.Subscribe(nameof(PartitionLifecycle), ServiceLifecycleStage.Active, Wake, host.StopTicks);
    }

    /// <summary>
    /// A partition that nobody calls still has periods to close: every one is activated, wherever it belongs.
    /// </summary>
    private async Task Wake(CancellationToken ct) => await Task.WhenAll(Enumerable.Range(0, host.PartitionCount)
        .Select(p => grains.GetGrain<Contracts.Partitions.IPartitionGrain>(p).Status())).WaitAsync(ct);

    private async Task Flush(CancellationToken ct)
    {
        metrics.Dispose();
        await host.SnapshotAll(ct);
        await writer.DisposeAsync();
        await host.Store.DisposeAsync();
    }
}
