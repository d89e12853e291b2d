using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;
using OrleansBilling.Simulation.Storage;

namespace OrleansBilling.Simulation.Regressions;

/// <summary>Found by seeds 126 and 179 of the first simulation: a period was closed without usage that was acknowledged.</summary>
public sealed class UndeliveredSliceTests
{
    [Fact]
    public void Slices_of_a_delivery_that_failed_while_ownership_was_not_confirmed_are_delivered_later()
    {
        var world = new World(1, Mutation.None, null, RunPlan.Calm(partitions: 1, silos: 1));
        var image = new StoreImage(1, Mutation.None, new Ledger(1, world.Timeline, world.Findings));
        image.Begin(Fleet.BeginningOf(1)[0]);
        var store = new SimulatedStore(world, image) { Healthy = true };
        var process = world.NewProcess("silo");
        var clock = new SimulatedClock(world, process, TimeSpan.Zero);
        using var writer = new Disposal(new(store.Connect("silo"), clock, scheduler: process));
        var claim = image.Take(0);
        var lease = new OwnershipLease(TimeSpan.FromSeconds(4), clock);
        var state = new PartitionState(1);
        foreach (var record in SegmentCodec.Decode(Fleet.BeginningOf(1)[0].Encoded, 0, 1, claim.LastLsn))
        {
            state.Apply(record.Bytes.Span, record.Lsn);
        }
        var partition = new Partition(state, writer.Writer.Open(0, claim.Epoch, claim.LastLsn), lease, 1, clock);
        var heard = new List<SliceDelivery>();
        var fails = true;
        var deliveries = new SliceDeliveries(partition, GrainDoubles.Factory(_ => GrainDoubles.Partition(
            async delivery =>
            {
                if (fails)
                {
                    await Task.Delay(TimeSpan.FromSeconds(5), clock);
                    throw new TimeoutException("No answer came in time.");
                }
                heard.Add(delivery);
                return new(7);
            },
            (_, _) => throw new NotSupportedException())));
        var delivered = false;
        process.Start(async () =>
        {
            await partition.DoDurably(t => PartitionGrain.Decide(t, partition, Usage(clock)));
            await Assert.ThrowsAsync<TimeoutException>(deliveries.DeliverChanges);
            Assert.Throws<PartitionUnavailableException>(() => partition.Do(_ => { }));
            lease.Confirm(clock.GetTimestamp());
            fails = false;
            await deliveries.DeliverSeals();
            delivered = true;
        });

        Assert.True(world.RunUntil(() => delivered, TimeSpan.FromSeconds(30)), string.Join('\n', world.Findings.All));
        Assert.Contains(heard, d => d.Slices.Any(s => s.Buckets.Sum(b => b.Quantity) == 2.5m));
    }

    private static UsageBatch Usage(SimulatedClock clock) => new(Fleet.Tenant,
    [
        new()
        {
            Id = "e",
            Device = Fleet.Device(0, 0),
            Meter = Fleet.Meter,
            UnixTicks = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks,
            Value = 2.5m,
        },
    ]);

    private sealed record Disposal(LogWriter Writer) : IDisposable
    {
        public void Dispose() => Writer.ForgetMetrics();
    }
}
