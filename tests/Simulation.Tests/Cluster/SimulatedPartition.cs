using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Cluster;

/// <summary>
/// What the grain of a partition does on one silo, with the grain's own code wherever it is not Orleans'. Nothing here decides:
/// that is the product's.
/// </summary>
internal sealed class SimulatedPartition(World world, SimulatedSilo silo, Ledger ledger, int number)
{
    private static readonly TimeSpan SealEvery = TimeSpan.FromMilliseconds(900);
    private Partition? _acquired;
    private SliceDeliveries? _deliveries;
    private DateTimeOffset _lastSeal;

    /// <summary>Whether the partition's grain is active on this silo.</summary>
    public bool Active { get; private set; }

    /// <summary>As the grain: acquires, whoever has it now.</summary>
    public async Task<Partition> Acquire()
    {
        Active = true;
        try
        {
            return _acquired = await silo.Host.Acquire(number);
        }
        catch (PartitionUnavailableException) when (_acquired?.Failure is PartitionFencedException)
        {
            world.Saw("found fenced");
            _acquired = null;
            Leave();
            throw;
        }
    }

    /// <summary>The partition belongs to another silo; its grain would migrate.</summary>
    public void Leave() => Active = false;

    public async Task<UsageResult[]> Report(UsageBatch batch)
    {
        var partition = await Acquire();
        ThrowIfOverloaded();
        var results = await Answer(partition, batch);
        for (var i = 0; i < results.Length; i++)
        {
            CheckDurable(batch.Events[i], results[i]);
        }
        return results;
    }

    public async Task<SliceReceipt> Deliver(SliceDelivery delivery)
    {
        var partition = await Acquire();
        partition.Do(t => t.State.Subscriptions.Take(delivery, partition.Epoch, t.State.Tenant));
        world.Trace.Add("delivered", number, delivery.From, (delivery.Epoch * 100_000) + delivery.Position);
        if (world.Trace.IsRead)
        {
            world.Trace.Note($"{silo.Process.Name} partition {number} of epoch {partition.Epoch} hears, as epoch {delivery.ReceiverEpoch}: "
                + string.Join(", ", delivery.Slices.Select(s => $"{s.Subscription} {s.UsagePeriod}/{s.BilledPeriod} {s.Buckets.Sum(b => b.Quantity)}")));
        }
        return new(partition.Epoch);
    }

    public async Task<bool> FlushTo(int receiver, long epoch)
    {
        await (await Deliveries()).DeliverTo(receiver, epoch);
        return true;
    }

    /// <summary>Regular work, for as long as the silo runs.</summary>
    public async Task Tick()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), silo.Clock);
            if (!Active)
            {
                continue;
            }
            try
            {
                await DoDue();
            }
            catch (Exception e) when (e is PartitionUnavailableException or TimeoutException or LogException)
            {
                world.Trace.Note($"{silo.Process.Name} partition {number}: {e.Message}");
            }
        }
    }

    /// <summary>As the keeper of a silo that is no longer the partition's choice.</summary>
    public async Task HandOver()
    {
        if (silo.Host.Find(number) is { } partition)
        {
            try
            {
                await silo.Host.SnapshotForHandOver(partition, CancellationToken.None);
            }
            catch (Exception e) when (e is LogException or PartitionUnavailableException)
            {
                world.Trace.Note($"{silo.Process.Name} partition {number} is handed over without a snapshot: {e.Message}");
            }
        }
        Leave();
        await silo.Host.Release(number);
        world.Saw("handed over");
    }

    private void ThrowIfOverloaded()
    {
        try
        {
            silo.Host.ThrowIfOverloaded();
        }
        catch (PartitionUnavailableException)
        {
            world.Saw("refused for load");
            throw;
        }
    }

    private async Task DoDue()
    {
        var deliveries = await Deliveries();
        var partition = deliveries.Partition;
        await deliveries.DeliverChanges();
        if (silo.Clock.GetUtcNow() - _lastSeal >= SealEvery)
        {
            _lastSeal = silo.Clock.GetUtcNow();
            PartitionGrain.SealWallClocks(partition);
            await deliveries.DeliverSeals();
            await Snapshot(partition);
        }
        if (partition.Do(PartitionGrain.HearsSeals))
        {
            await PartitionGrain.HearFromAll(partition, silo.Grains, Fleet.Tenant);
            PartitionGrain.ClosePeriods(partition, Fleet.Tenant);
        }
    }

    private async Task<SliceDeliveries> Deliveries()
    {
        var partition = await Acquire();
        return _deliveries?.Partition == partition ? _deliveries : _deliveries = new(partition, silo.Grains);
    }

    private async Task<UsageResult[]> Answer(Partition partition, UsageBatch batch)
    {
        switch (world.Mutation)
        {
            case Mutation.AnsweredBeforeDurable:
                return partition.Do(t => Decide(t, partition, batch));
            case Mutation.DuplicateNotWaitedFor:
                var results = partition.Do(t => Decide(t, partition, batch));
                var last = results.Max(r => r.Position);
                await partition.Durable(last);
                return results;
            default:
                return await partition.DoDurably(t => Decide(t, partition, batch));
        }
    }

    private UsageResult[] Decide(Partition.Turn turn, Partition partition, UsageBatch batch)
    {
        ledger.Turn(number, partition.Epoch);
        return PartitionGrain.Decide(turn, partition, batch);
    }

    private Task Snapshot(Partition partition)
    {
        if (world.Mutation != Mutation.SnapshotAheadOfLog)
        {
            return silo.Host.SnapshotIfDue(partition, CancellationToken.None);
        }
        var (lsn, chunks) = partition.Do(t =>
        {
            var sink = new SnapshotChunks();
            t.State.WriteSnapshot(sink.Add);
            return (t.NextLsn - 1, sink.Finish());
        });
        return silo.Host.Store.SaveSnapshotAsync(
            number, partition.Epoch, lsn, SnapshotChunks.Stream(chunks), CancellationToken.None);
    }

    private void CheckDurable(in UsageEvent e, in UsageResult result)
    {
        var device = Fleet.IndexOf(e.Device);
        var durable = result.Status switch
        {
            UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Duplicate => ledger.Holds(number, device, e.Id, e.Value),
            UsageStatus.Conflict => ledger.HoldsOther(number, device, e.Id, e.Value),
            _ => false,
        };
        if (!durable)
        {
            world.Findings.Add("early", $"{silo.Process.Name} answers {result.Status} {result.Code} to {e.Device}/{e.Id} = {e.Value}, which is not durable");
        }
    }
}
