using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Regressions;

/// <summary>Found by seeds 126 and 179 of the first simulation: a period was closed without usage that was acknowledged.</summary>
public sealed class UndeliveredSliceTests
{
    [Fact]
    public void Slices_of_a_delivery_that_failed_while_ownership_was_not_confirmed_are_delivered_later()
    {
        using var silo = new LoneSilo(confirmedFor: TimeSpan.FromSeconds(4));
        var heard = new List<SliceDelivery>();
        var fails = true;
        var receiver = GrainDoubles.Partition(
            async delivery =>
            {
                if (fails)
                {
                    await Task.Delay(TimeSpan.FromSeconds(5), silo.Clock);
                    throw new TimeoutException("No answer came in time.");
                }
                heard.Add(delivery);
                return new(7);
            },
            (_, _) => throw new NotSupportedException());
        silo.Run(async () =>
        {
            var partition = await silo.Host.Acquire(0);
            var deliveries = new SliceDeliveries(partition, GrainDoubles.Factory(_ => receiver));
            await partition.DoDurably(t => PartitionGrain.Decide(t, partition, Usage(silo.Clock)));
            await Assert.ThrowsAsync<TimeoutException>(deliveries.DeliverChanges);
            Assert.Throws<PartitionUnavailableException>(() => partition.Do(_ => { }));

            await silo.Host.VerifyOwnership(CancellationToken.None);
            fails = false;
            await deliveries.DeliverSeals();
        });

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
}
