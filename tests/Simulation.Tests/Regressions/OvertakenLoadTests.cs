using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Regressions;

/// <summary>Two silos take a partition at the same time; the one with the older epoch is still loading.</summary>
public sealed class OvertakenLoadTests
{
    /// <summary>Found by seed 9 of the first simulation: the load failed for good.</summary>
    [Fact]
    public void A_load_that_reads_what_a_newer_owner_wrote_is_fenced_and_the_next_one_succeeds()
    {
        using var silo = new LoneSilo();
        silo.Run(async () =>
        {
            var overtaken = silo.Host.Acquire(0);
            await Taken(silo, epoch: 2);
            var newer = silo.Image.Take(0);
            silo.Image.Append([SegmentCodec.Encode(
                new(0, newer.Epoch, newer.LastLsn + 1, 1, 1, 0, 0),
                [RareRecordCodec.Encode(new WallClockSealed(NodaTime.Instant.FromDateTimeOffset(World.Begin)))])]);

            await AssertFenced(overtaken);
            Assert.Equal(4, (await silo.Host.Acquire(0)).Epoch);
        });
    }

    /// <summary>Whoever asks who owns what does not look at partitions that are still loading.</summary>
    [Fact]
    public void A_load_that_ends_after_the_silo_has_heard_of_a_newer_owner_is_fenced()
    {
        using var silo = new LoneSilo();
        silo.Run(async () =>
        {
            var overtaken = silo.Host.Acquire(0);
            await Taken(silo, epoch: 2);
            silo.Image.Take(0);
            await silo.Host.VerifyOwnership(CancellationToken.None);
            Assert.False(overtaken.IsCompleted, "the load was too quick for this story; take another seed");

            await AssertFenced(overtaken);
            Assert.Null(silo.Host.Find(0));
        });
    }

    private static async Task AssertFenced(Task<Partition> overtaken)
    {
        var refusal = await Assert.ThrowsAsync<PartitionUnavailableException>(() => overtaken);
        Assert.Contains("has a new owner", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task Taken(LoneSilo silo, long epoch)
    {
        while (silo.Image.Epochs()[0] < epoch)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), silo.Clock);
        }
    }
}
