using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Partitions;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Partitions;

/// <summary>A silo that rehearses before it joins reads what others own, and leaves it as it is.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task A_rehearsal_loads_and_decides_and_changes_nothing()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-20T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.25"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        await cluster.SendAsync("t", Event("e", "d", "m", "2026-01-15T00:00:00Z", 4m));
        var host = cluster.Services.GetRequiredService<PartitionHost>();
        var owned = host.Owned.OrderBy(p => p.Number).ToArray();
        var epochs = await host.Store.ReadEpochsAsync(default);

        var decided = await cluster.Services.GetRequiredService<Rehearsal>().Run(default);

        // One device with one meter is in one of the four partitions.
        Assert.Equal(1, decided);
        Assert.Equal(epochs, await host.Store.ReadEpochsAsync(default));
        Assert.Equal(owned, host.Owned.OrderBy(p => p.Number));
        Assert.Equal(1.00m, (await cluster.BillAsync("t", "c")).Total);
        var same = await cluster.SendAsync("t", Event("rehearsal", "d", "m", "2026-01-20T00:00:00Z", 1m));
        Assert.Equal(UsageStatus.Accepted, same.Status);
    }
}
