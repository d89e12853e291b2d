using Microsoft.Extensions.Logging;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Keeps the right partitions on this silo: loads those that are its own by the present membership, hands over those that are
/// not any more, and leaves those that another silo has taken.
/// </summary>
internal sealed partial class OwnershipKeeper(
    PartitionHost host, ClusterView cluster, PartitionOptions options, IGrainFactory grains, ILogger<OwnershipKeeper> logger)
    : IDisposable
{
    private const int WokenAtOnce = 4;
    private const int HandedOverAtOnce = 2;
    private static readonly TimeSpan LetFinish = TimeSpan.FromSeconds(1);

    /// <summary>What is not handed over by then is taken by its new owners, which costs them a replay and nobody a record.</summary>
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(10);

    /// <summary>A grain that found no way to its new owner came back; without haste, since its callers wait at each attempt.</summary>
    private static readonly TimeSpan HandOverAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WakeAgainAfter = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private Task _confirming = Task.CompletedTask;

    /// <summary>Loads the silo's own partitions, then keeps watch until <see cref="Leave"/>.</summary>
    /// <exception cref="PartitionUnavailableException">A store that has one user cannot load one of them.</exception>
    public async Task Start(CancellationToken ct)
    {
        await host.VerifyOwnership(ct);
        _confirming = Task.Run(ConfirmRegularly, CancellationToken.None);
        if (options.ConfirmedFor == Timeout.InfiniteTimeSpan)
        {
            // Damage to a store that has one user must be told at the start.
            await Task.WhenAll(All.Select(p => Grain(p).Status())).WaitAsync(ct);
        }
        _running = Task.Run(Watch, CancellationToken.None);
    }

    /// <summary>Stops the watch and hands every partition over to silos that stay; at once when there is none.</summary>
    public async Task Leave(CancellationToken ct)
    {
        await _stop.CancelAsync();
        cluster.Leaving = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LeaveWithin);
        try
        {
            await Task.WhenAll(_running, _confirming).WaitAsync(limit.Token);
            await HandOverStrangers(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            LeftBehind(logger, host.Owned.Count());
        }
    }

    public void Dispose() => _stop.Dispose();

    private IEnumerable<int> All => Enumerable.Range(0, host.PartitionCount);

    private IPartitionGrain Grain(int partition) => grains.GetGrain<IPartitionGrain>(partition);

    private async Task Watch()
    {
        var version = MembershipVersion.MinValue;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await WakeOwn(_stop.Token);
                await HandOverStrangers(_stop.Token);
                version = await cluster.Changed(version, Strangers().Length > 0 ? HandOverAgainAfter : WakeAgainAfter, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Failed(logger, e.Message);
            }
        }
    }

    /// <summary>
    /// Calls the grains of partitions that belong here: one whose silo has died comes up here, others answer from where they are.
    /// </summary>
    private Task WakeOwn(CancellationToken ct) => Parallel.ForEachAsync(
        All.Where(p => cluster.Owns(p) && !host.Anchors.ContainsKey(p)),
        new ParallelOptions { MaxDegreeOfParallelism = WokenAtOnce, CancellationToken = ct },
        async (partition, _) =>
        {
            try
            {
                // The call may wait for a silo that does not answer; whoever stops does not.
                await Grain(partition).Status().WaitAsync(ct);
            }
            catch (Exception e) when (e is PartitionUnavailableException or TimeoutException or OrleansException)
            {
                NotLoaded(logger, partition, e.Message);
            }
        });

    /// <summary>
    /// One partition to each new owner, so that only one waits for what is cold there, and then two at a time: Orleans sends grains
    /// that migrate in batches, and a batch waits until all partitions of the one before are loaded. The last silo keeps what it
    /// has: there is nobody to hand it to.
    /// </summary>
    private Task HandOverStrangers(CancellationToken ct) => Task.WhenAll(
        Strangers().GroupBy(p => cluster.OwnerOf(p.Number)).Select(to => HandOver([.. to], ct)));

    private Partition[] Strangers() => cluster.IsAlone ? [] : [.. host.Owned.Where(p => !cluster.Owns(p.Number))];

    private async Task HandOver(Partition[] partitions, CancellationToken ct)
    {
        await HandOver(partitions[0], ct);
        await Parallel.ForEachAsync(
            partitions.Skip(1), new ParallelOptions { MaxDegreeOfParallelism = HandedOverAtOnce, CancellationToken = ct }, HandOver);
    }

    /// <summary>
    /// A snapshot while it still serves; then its grain migrates, which closes the log. Work that does not end in time finds the
    /// log closed and is tried again by its caller, where the partition is then.
    /// </summary>
    private async ValueTask HandOver(Partition partition, CancellationToken ct)
    {
        var started = host.Time.GetTimestamp();
        try
        {
            await host.SnapshotForHandOver(partition, ct);
        }
        catch (Exception e) when (e is LogException or PartitionUnavailableException)
        {
            Failed(logger, e.Message);
        }
        if (host.Anchors.TryGetValue(partition.Number, out var anchor))
        {
            anchor.Leave();
            try
            {
                await ((IGrainBase)anchor).GrainContext.Deactivated.WaitAsync(LetFinish, ct);
                HandedOver(logger, partition.Number, host.Time.GetElapsedTime(started).TotalMilliseconds);
                return;
            }
            catch (TimeoutException)
            {
                // Released below.
            }
        }
        await host.Release(partition.Number);
    }

    private async Task ConfirmRegularly()
    {
        using var timer = new PeriodicTimer(options.ConfirmEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await Confirm();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo leaves.
        }
    }

    private async Task Confirm()
    {
        try
        {
            foreach (var partition in await host.VerifyOwnership(_stop.Token))
            {
                Taken(logger, partition);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} was taken by another silo and is left to it")]
    private static partial void Taken(ILogger logger, int partition);

    [LoggerMessage(LogLevel.Debug, "Partition {Partition} was handed over in {Ms:F0} ms")]
    private static partial void HandedOver(ILogger logger, int partition, double ms);

    [LoggerMessage(LogLevel.Warning, "{Count} partitions could not be handed over in time; their new owners take them")]
    private static partial void LeftBehind(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} belongs here but cannot be loaded yet: {Problem}")]
    private static partial void NotLoaded(ILogger logger, int partition, string problem);

    [LoggerMessage(LogLevel.Warning, "Ownership of partitions could not be kept up to date and will be tried again: {Problem}")]
    private static partial void Failed(ILogger logger, string problem);
}
