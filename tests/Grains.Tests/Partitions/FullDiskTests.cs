using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Partitions;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_refuses_usage_loses_nothing_acknowledged_and_goes_on_when_there_is_room()
    {
        await using var cluster = await StartAsync(maxPages: 60);
        await cluster.CreateTenantAsync("t", "2026-01-20T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"1"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");

        var acknowledged = 0;
        UsageEvent[] Batch(int n) => [.. Enumerable.Range(0, 200).Select(i => Event($"{n}-{i}", "d", "m", "2026-01-15T00:00:00Z", 1m))];
        var refused = await Assert.ThrowsAsync<PartitionUnavailableException>(async () =>
        {
            while (acknowledged < 1_000)
            {
                Assert.All(await cluster.SendAsync("t", Batch(acknowledged)), r => Assert.Equal(UsageStatus.Accepted, r.Status));
                acknowledged++;
            }
        });
        Assert.Contains("full", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(acknowledged > 0);

        cluster.MaxPages = 0;
        await cluster.RestartAsync();
        for (var n = 0; n < acknowledged; n++)
        {
            Assert.All(await cluster.SendAsync("t", Batch(n)), r => Assert.Equal(UsageStatus.Duplicate, r.Status));
        }
        await cluster.SendAsync("t", Batch(acknowledged));
        Assert.Equal(200m * (acknowledged + 1), (await cluster.BillAsync("t", "c")).Total);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }
}
