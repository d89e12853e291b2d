using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Partitions;

public sealed class FencedPartitionTests
{
    /// <summary>
    /// Only the subscription's partition is lost and loaded again; the partitions of its devices stay as they are, and what
    /// they told before must be told to the new owner once more.
    /// </summary>
    [Fact]
    public async Task A_partition_that_was_fenced_is_loaded_again_and_hears_every_total_once_more()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-20T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"u","name":"U","meter":"m","model":"perUnit","unitPrice":"1"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        var owner = PartitionMap.Of(EntityKind.Subscription, "t", "s", BillingCluster.Partitions);
        for (var d = 0; d < 12; d++)
        {
            await cluster.RegisterAsync("t", $"d{d}", "s");
            await cluster.SendAsync("t", Event("e", $"d{d}", "m", "2026-01-15T00:00:00Z", 1m));
        }
        Assert.Equal(12m, (await cluster.BillAsync("t", "c")).Total);

        var store = cluster.Services.GetRequiredService<IPartitionStore>();
        await store.TakeOwnershipAsync(owner, "a newer owner", default);
        await UntilFencedAsync(cluster, owner);

        Assert.Equal(12m, (await cluster.BillAsync("t", "c")).Total);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        Assert.Equal(12m, Assert.Single((await cluster.Customer("t", "c").Invoices(null, 10)).Items).Total);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    /// <summary>Makes the partition write; the first write after the loss fails, and nothing that was not durable is answered.</summary>
    private static async Task UntilFencedAsync(BillingCluster cluster, int owner)
    {
        var epoch = (await cluster.Grains.GetGrain<IPartitionGrain>(owner).Status()).Epoch;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await cluster.Grains.GetGrain<IPartitionGrain>(owner).Status()).Epoch == epoch)
        {
            try
            {
                await cluster.AdvanceAsync("t", "2026-01-21T00:00:00Z");
            }
            catch (PartitionUnavailableException)
            {
                // Fenced: the next call finds the partition loaded anew.
            }
            await Task.Delay(20, deadline.Token);
        }
    }
}
