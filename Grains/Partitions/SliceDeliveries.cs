using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Tells other partitions this partition's slices and seals, one delivery to each at a time, so that they arrive in
/// order.
/// </summary>
/// <param name="beside">A partition that is loaded on this silo; it is told without a call.</param>
internal sealed class SliceDeliveries(Partition partition, IGrainFactory grains, Func<int, Partition?>? beside = null)
{
    private readonly AsyncGate[] _gates = [.. Enumerable.Range(0, partition.PartitionCount).Select(_ => new AsyncGate())];

    private readonly long[] _receiverEpoch = new long[partition.PartitionCount];

    public Partition Partition => partition;

    /// <summary>Delivers what changed to whom it concerns.</summary>
    public Task DeliverChanges() => partition.Do(t => t.State.Outbox.Any)
        ? ToAll(onlyChanges: true)
        : Task.CompletedTask;

    /// <summary>Delivers changes and seals to every partition.</summary>
    public Task DeliverSeals() => ToAll(onlyChanges: false);

    /// <summary>Delivers to one partition, everything if that is a new owner.</summary>
    public Task DeliverTo(int target, long receiverEpoch) => Deliver(target, receiverEpoch, onlyChanges: false);

    private Task ToAll(bool onlyChanges) =>
        Task.WhenAll(Enumerable.Range(0, partition.PartitionCount).Select(p => Deliver(p, null, onlyChanges)));

    private Task Deliver(int target, long? receiverEpoch, bool onlyChanges) =>
        onlyChanges && !partition.Do(t => t.State.Outbox.AnyFor(target))
            ? Task.CompletedTask
            : _gates[target].Run(() => DeliverInTurn(target, receiverEpoch));

    private async Task DeliverInTurn(int target, long? receiverEpoch)
    {
        if (receiverEpoch is { } told && told != _receiverEpoch[target])
        {
            Forget(target, told);
        }
        while (true)
        {
            var receipt = await Send(target);
            if (receipt.ReceiverEpoch == _receiverEpoch[target])
            {
                return;
            }
            Forget(target, receipt.ReceiverEpoch);
        }
    }

    /// <summary>A new owner knows nothing: all of its slices wait again.</summary>
    private void Forget(int target, long receiverEpoch)
    {
        partition.Amend(state =>
        {
            foreach (var slice in state.Devices.Terms.Where(e => e.OwnerPartition == target).SelectMany(e => e.Slices))
            {
                state.Outbox.Touch(slice);
            }
        });
        _receiverEpoch[target] = receiverEpoch;
    }

    private async Task<SliceReceipt> Send(int target)
    {
        var (taken, delivery) = partition.Do(t =>
        {
            var slices = t.State.Outbox.Take(target);
            return (slices, new SliceDelivery(
                partition.Number, partition.Epoch, t.NextLsn - 1, _receiverEpoch[target],
                [.. t.State.Tenants.Select(c => KeyValuePair.Create(c.Id, c.SealedThrough))],
                [.. slices.Select(s => s.ToSlice())]));
        });
        try
        {
            await partition.Durable(delivery.Position);
            return beside?.Invoke(target) is { } here
                ? Take(here, delivery)
                : await grains.GetGrain<IPartitionGrain>(target).Deliver(delivery);
        }
        catch
        {
            partition.Amend(state => GiveBack(state, taken));
            throw;
        }
    }

    /// <summary>Takes another partition's delivery.</summary>
    public static SliceReceipt Take(Partition partition, SliceDelivery delivery)
    {
        partition.Do(t => t.State.Subscriptions.Take(delivery, partition.Epoch, t.State.Tenant));
        return new(partition.Epoch);
    }

    private static void GiveBack(PartitionState state, SliceTotals[] slices)
    {
        foreach (var slice in slices)
        {
            state.Outbox.Touch(slice);
        }
    }
}
