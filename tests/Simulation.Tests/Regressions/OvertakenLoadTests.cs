using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;
using OrleansBilling.Simulation.Storage;

namespace OrleansBilling.Simulation.Regressions;

/// <summary>Found by seed 9 of the first simulation: two silos took a partition at the same time.</summary>
public sealed class OvertakenLoadTests
{
    [Fact]
    public void A_load_that_reads_what_a_newer_owner_wrote_is_fenced_and_the_next_one_succeeds()
    {
        var world = new World(1, Mutation.None, null, RunPlan.Calm(partitions: 1, silos: 1));
        var ledger = new Ledger(1, world.Timeline, world.Findings);
        var image = new StoreImage(1, Mutation.None, ledger);
        image.Begin(Fleet.BeginningOf(1)[0]);
        var store = new SimulatedStore(world, image) { Healthy = true };
        var process = world.NewProcess("silo");
        var clock = new SimulatedClock(world, process, TimeSpan.Zero);
        var connection = store.Connect("silo");
        var writer = new LogWriter(connection, clock, scheduler: process);
        var host = new PartitionHost(connection, writer, new() { Count = 1 }, clock, NullLogger<PartitionHost>.Instance);
        var outcomes = new List<string>();
        process.Start(async () =>
        {
            await host.OpenAsync(CancellationToken.None);
            foreach (var _ in new int[2])
            {
                try
                {
                    outcomes.Add($"epoch {(await host.Acquire(0)).Epoch}");
                }
                catch (PartitionUnavailableException e)
                {
                    outcomes.Add(e.Message.Contains("has a new owner", StringComparison.Ordinal) ? "fenced" : e.Message);
                }
            }
        });
        // The other owner is quicker than the answer to the first take.
        Assert.True(world.RunUntil(() => image.Epochs()[0] == 2, TimeSpan.FromSeconds(1)));
        var newer = image.Take(0);
        image.Append([SegmentCodec.Encode(
            new(0, newer.Epoch, newer.LastLsn + 1, 1, 1, 0, 0),
            [RareRecordCodec.Encode(new WallClockSealed(NodaTime.Instant.FromDateTimeOffset(World.Begin)))])]);

        Assert.True(world.RunUntil(() => outcomes.Count == 2, TimeSpan.FromSeconds(5)), "the partition was never loaded");
        Assert.Equal(["fenced", "epoch 4"], outcomes);
        writer.ForgetMetrics();
    }
}
