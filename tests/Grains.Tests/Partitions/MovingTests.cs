using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Partitions;

/// <summary>Partitions follow the membership: to silos that come, away from silos that go, and never twice.</summary>
public sealed class MovingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_that_joins_gets_its_share_and_one_that_leaves_gives_it_back_without_an_event_lost()
    {
        await using var cluster = await StartAsync(silos: 2);
        await Prepare(cluster);
        var sent = 0;

        await Send(cluster, sent++);
        await cluster.SettledAsync();
        for (var i = 0; i < 3; i++)
        {
            await cluster.Orleans.StartAdditionalSiloAsync();
            await Send(cluster, sent++);
        }
        await cluster.SettledAsync();
        await Send(cluster, sent++);
        foreach (var silo in cluster.Orleans.Silos.Skip(1).ToArray())
        {
            await cluster.Orleans.StopSiloAsync(silo);
            await Send(cluster, sent++);
        }
        await cluster.SettledAsync();

        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var bill = (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single();
        Assert.Equal(sent * 8m, bill.Lines.Single().Quantity);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_partition_that_another_owner_took_is_noticed_without_a_write_and_serves_again()
    {
        await using var cluster = await StartAsync(silos: 2);
        await Prepare(cluster);
        await Send(cluster, 0);
        var host = Hosts(cluster).First(h => h.Owned.Any());
        var taken = host.Owned.First();

        await host.Store.TakeOwnershipAsync(taken.Number, "a test", CancellationToken.None);

        await Until(() => taken.Failure is PartitionFencedException, "nobody noticed that the partition was taken");
        await Send(cluster, 1);
        await cluster.SettledAsync();
    }

    private static IEnumerable<PartitionHost> Hosts(BillingCluster cluster) =>
        cluster.Orleans.Silos.Select(s => s.ServiceProvider.GetRequiredService<PartitionHost>());

    private static async Task Until(Func<bool> condition, string problem)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, problem);
            await Task.Delay(20);
        }
    }

    private static async Task Prepare(BillingCluster cluster)
    {
        await cluster.CreateTenantAsync("t", "2026-01-20T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.25"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        for (var d = 0; d < 8; d++)
        {
            await cluster.RegisterAsync("t", $"d{d}", "s");
        }
    }

    /// <summary>One event of each device, sent again as long as a partition is on its way.</summary>
    private static async Task Send(BillingCluster cluster, int round)
    {
        var events = Enumerable.Range(0, 8)
            .Select(d => Event(string.Create(CultureInfo.InvariantCulture, $"e{round}-{d}"), $"d{d}", "m", "2026-01-15T00:00:00Z", 1m)).ToArray();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var results = await cluster.SendAsync("t", events);
                Assert.All(results, r => Assert.True(r.Status is UsageStatus.Accepted or UsageStatus.Duplicate));
                return;
            }
            catch (Exception e) when (e is PartitionUnavailableException or OrleansException && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(20);
            }
        }
    }
}
