using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Migrations;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Reservations;
using OrleansBilling.Grains.ReRating;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Owner of one partition: takes usage, tells totals, seals and closes. Interleaves: each turn on the partition is
/// synchronous
/// under its lock, and every await re-checks.
/// </summary>
[Reentrant, KeepAlive, GrainType("partition"), PartitionPlacement]
internal sealed partial class PartitionGrain(
    PartitionHost host, ClusterView cluster, PartitionOptions options, UsageMetrics metrics, ILogger<PartitionGrain> logger)
    : Grain, IPartitionGrain, IIncomingGrainCallFilter, IDisposable
{
    private static readonly TimeSpan[] LetFinish = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400)];
    private readonly AsyncGate _closing = new();
    private CancellationTokenSource _leaving = new();
    private readonly TimeProvider _time = host.Time;
    private SliceDeliveries? _deliveries;
    private DateTimeOffset _lastSeal;
    private bool _ticking;

    private int Number => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        host.Anchors[Number] = this;
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(options.DeliverEvery, options.DeliverEvery) { Interleave = true });
        try
        {
            await host.Acquire(Number);
        }
        catch (PartitionUnavailableException e)
        {
            // Every call tries again: the grain can wait for its storage as well as its callers.
            TickFailed(logger, Number, e.Message);
        }
    }

    /// <summary>
    /// A partition that migrates is given up. After any other reason it stays loaded: its next grain may be here again, and the
    /// <see cref="OwnershipKeeper"/> gives up what does not belong here. The last silo that stops keeps it for its snapshot.
    /// </summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        host.Anchors.TryRemove(KeyValuePair.Create(Number, this));
        StopJobs();
        if (reason.ReasonCode == DeactivationReasonCode.Migrating && !cluster.IsAlone)
        {
            await host.Release(Number);
        }
    }

    /// <summary>
    /// Callers in other processes do not have the log's exceptions. A call that still runs when the grain leaves is answered as
    /// unavailable: Orleans waits for every running call, and calls among partitions that leave would wait for each other.
    /// </summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var leaving = _leaving.Token;
        try
        {
            await context.Invoke().WaitAsync(leaving);
        }
        catch (LogException e)
        {
            throw new PartitionUnavailableException(e.Message);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            throw new PartitionUnavailableException($"Partition {Number} moves to another silo; send the same request again.");
        }
    }

    public void Dispose()
    {
        StopJobs();
        _leaving.Dispose();
    }

    /// <summary>Lets the grain go to the silo that placement chooses; stays when that is this one.</summary>
    public void Leave()
    {
        MigrateOnIdle();
        _ = Hurry();

        async Task Hurry()
        {
            foreach (var pause in LetFinish)
            {
                await Task.WhenAny(GrainContext.Deactivated, Task.Delay(pause));
                if (GrainContext.Deactivated.IsCompleted)
                {
                    return;
                }
                using var running = Interlocked.Exchange(ref _leaving, new());
                await running.CancelAsync();
            }
        }
    }

    public async Task<UsageBatchResult> Report(UsageBatch batch)
    {
        var partition = await host.Acquire(Number);
        host.ThrowIfOverloaded();
        await LearnMeters(partition, batch);
        await LearnOwnership(partition, batch);
        var started = _time.GetTimestamp();
        var placed = 0L;
        var results = await PlaceSettled(
            partition, s => s.Tenant(batch.Tenant) is { } tenant ? s.Devices.HeldBy(tenant, batch.Events) : null,
            t =>
            {
                var decided = Decide(t, partition, batch);
                placed = t.NextLsn - 1;
                return decided;
            },
            waits: batch.TellEpoch == 0);
        if (batch.TellEpoch != 0)
        {
            // What is told is durable first, so that this is one wait for both; the partition may have been lost meanwhile.
            await (await Deliveries()).DeliverTo(batch.TellPartition, batch.TellEpoch);
            await partition.Durable(placed);
        }
        await ForwardHeld(partition, batch, results);
        metrics.Reported(results, _time.GetElapsedTime(started));
        return new(results) { Told = batch.TellEpoch != 0 };
    }

    public async Task<PartitionStatus> Status()
    {
        var partition = await host.Acquire(Number);
        return partition.Do(t => new PartitionStatus(
            Number, partition.Epoch, partition.Log.DurableLsn, partition.SnapshotLsn, t.State.Devices.Devices.Count,
            t.State.Subscriptions.Count, t.State.Customers.Count, t.State.Devices.EventIds.Count, cluster.Self));
    }

    public async Task LearnTenant(TenantView tenant)
    {
        var partition = await host.Acquire(Number);
        await partition.DoDurably(t =>
        {
            if (t.State.Tenant(tenant.Id) is null)
            {
                t.Append(new TenantLearned(tenant));
                var copy = t.State.Tenant(tenant.Id)!;
                t.Append(new Sealed(tenant.Id, copy.TestNow, copy.Now(_time) - copy.Grace));
            }
            return true;
        });
    }

    public async Task<SliceReceipt> Deliver(SliceDelivery delivery)
    {
        var partition = await host.Acquire(Number);
        return SliceDeliveries.Take(partition, delivery);
    }

    public async Task FlushTo(int partition, long epoch) => await (await Deliveries()).DeliverTo(partition, epoch);

    public async Task Seal(string tenant, Instant now)
    {
        var partition = await host.Acquire(Number);
        partition.Do(t =>
        {
            var copy = t.State.Tenant(tenant)!;
            if (copy.TestNow is not { } then || now > then || now - copy.Grace > copy.SealedThrough)
            {
                t.Append(new Sealed(tenant, now, now - copy.Grace));
            }
        });
        await (await Deliveries()).DeliverSeals();
    }

    public Task<DeviceView[]> Devices(string tenant, string? after, int limit) =>
        List(tenant, after, limit, (s, c) => s.Devices.Devices.Where(d => d.Tenant == c && !d.IsIdentifier), d => d.Spec.Id, DeviceGrain.View);

    public Task<CustomerView[]> Customers(string tenant, string? after, int limit) =>
        List(tenant, after, limit, (s, c) => s.Customers.All.Where(x => x.Tenant == c), x => x.Spec.Id, x => x.View);

    public Task<SubscriptionView[]> Subscriptions(string tenant, string? after, int limit) =>
        List(tenant, after, limit, (s, c) => s.Subscriptions.All.Where(x => x.Tenant == c), x => x.Spec.Id, x => x.ViewAt(x.Tenant.Now(_time)));

    private async Task<TView[]> List<TEntity, TView>(
        string tenant, string? after, int limit, Func<PartitionState, TenantCopy, IEnumerable<TEntity>> all,
        Func<TEntity, string> id, Func<TEntity, TView> view)
    {
        var partition = await host.Acquire(Number);
        return await partition.DoDurably<TView[]>(t => t.State.Tenant(tenant) is { } copy
            ? [.. all(t.State, copy)
                .Where(e => after is null || string.CompareOrdinal(id(e), after) > 0)
                .OrderBy(id, StringComparer.Ordinal)
                .Take(limit)
                .Select(view)]
            : []);
    }

    internal static UsageResult[] Decide(Partition.Turn turn, Partition partition, UsageBatch batch)
    {
        var results = new UsageResult[batch.Events.Length];
        if (turn.State.Tenant(batch.Tenant) is not { } tenant)
        {
            throw new PartitionUnavailableException($"Tenant '{batch.Tenant}' is not known to partition {partition.Number} yet; try again.");
        }
        var now = tenant.Now(partition.Time);
        turn.BeginChange();
        UsageRecord record = default;
        for (var i = 0; i < results.Length; i++)
        {
            IntroduceIdentifier(turn, tenant, batch.Events[i]);
            var result = turn.State.Devices.Decide(tenant, batch.Events[i], now, turn.NextLsn, ref record);
            var position = result.Status is UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Quarantined
                ? turn.Append(record)
                : result.Position;
            results[i] = result with { Partition = partition.Number, Position = position };
        }
        return results;
    }

    /// <summary>
    /// Meters are copied into the partition's log when its events first name them, so that replay needs nobody.
    /// </summary>
    private async Task LearnMeters(Partition partition, UsageBatch batch)
    {
        var unknown = partition.Do(t =>
        {
            HashSet<string>? missing = null;
            var tenant = t.State.Tenant(batch.Tenant);
            string? last = null;
            foreach (var e in batch.Events)
            {
                if (e.Meter != last && tenant is not null && t.State.Devices.Meter(tenant, e.Meter) is null)
                {
                    (missing ??= []).Add(e.Meter);
                }
                last = e.Meter;
            }
            return missing;
        });
        foreach (var name in unknown ?? [])
        {
            var meter = await GrainFactory.GetGrain<Contracts.Pricing.ICatalogueGrain>(batch.Tenant).GetMeter(name);
            if (meter is not null)
            {
                partition.Do(t => t.Append(new MeterLearned(batch.Tenant, meter)));
            }
        }
    }

    private async Task<SliceDeliveries> Deliveries()
    {
        var partition = await host.Acquire(Number);
        return _deliveries?.Partition == partition ? _deliveries : _deliveries = new(partition, GrainFactory, host.Find);
    }

    /// <summary>Does what is due; a failure is told once here and tried again at the next tick.</summary>
    private async Task Tick(CancellationToken ct)
    {
        if (_ticking)
        {
            return;
        }
        _ticking = true;
        try
        {
            await host.RunTick(Number, () => DoDue(ct)).WaitAsync(_leaving.Token);
        }
        catch (Exception e) when (e is PartitionUnavailableException or TimeoutException or OrleansException or OperationCanceledException)
        {
            TickFailed(logger, Number, e.Message);
        }
        finally
        {
            _ticking = false;
        }
    }

    private async Task DoDue(CancellationToken ct)
    {
        var deliveries = await Deliveries();
        await deliveries.DeliverChanges();
        DriveJobs(deliveries.Partition);
        var changesDue = false;
        if (_time.GetUtcNow() - _lastSeal >= options.SealEvery)
        {
            _lastSeal = _time.GetUtcNow();
            SealWallClocks(deliveries.Partition);
            await deliveries.DeliverSeals();
            await host.SnapshotIfDue(deliveries.Partition, ct);
            changesDue = true;
        }
        if (deliveries.Partition.Do(HearsSeals))
        {
            await CloseAllHeard(deliveries.Partition);
        }
        if (changesDue)
        {
            await ChangeDriving.DriveAll(deliveries.Partition, GrainFactory);
            await ReservationDriving.DriveAll(deliveries.Partition, GrainFactory);
            await ReRatingDriving.DriveAll(deliveries.Partition, GrainFactory);
            await MigrationDriving.DriveAll(deliveries.Partition, GrainFactory);
        }
    }

    /// <summary>What could not be closed is looked at again at the next tick, not only at the next seal.</summary>
    private async Task CloseAllHeard(Partition partition)
    {
        try
        {
            await CloseAllDue();
        }
        catch
        {
            partition.Amend(state => state.Subscriptions.SealsHeard = true);
            throw;
        }
    }

    internal static bool HearsSeals(Partition.Turn turn)
    {
        var heard = turn.State.Subscriptions.SealsHeard;
        turn.State.Subscriptions.SealsHeard = false;
        return heard;
    }

    internal static void SealWallClocks(Partition partition) =>
        partition.Do(t => t.Append(new WallClockSealed(Instant.FromDateTimeOffset(partition.Time.GetUtcNow()))));

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} could not do what is due and will try again: {Problem}")]
    private static partial void TickFailed(ILogger logger, int partition, string problem);
}
