using System.Diagnostics;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Tests.Partitions;

public sealed class NewerRecordTests
{
    [Fact]
    public void A_record_of_a_newer_version_is_refused_with_what_to_do()
    {
        var error = Assert.Throws<StoreLayoutException>(() => new PartitionState(4).Apply([255], 1));

        Assert.Contains("type 255", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partition_that_a_newer_version_wrote_to_is_not_loaded_and_says_why()
    {
        await using var cluster = await BillingCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IPartitionGrain>(2);
        await grain.Status();

        await cluster.WriteAsOtherOwnerAsync(2, [255]);

        var started = Stopwatch.GetTimestamp();
        var problem = "";
        while (!problem.Contains("type 255", StringComparison.Ordinal))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"It never said so; last was '{problem}'.");
            problem = await Problem(grain);
        }
    }

    private static async Task<string> Problem(IPartitionGrain grain)
    {
        try
        {
            await grain.Status();
            return "";
        }
        catch (PartitionUnavailableException e)
        {
            return e.Message;
        }
    }
}
