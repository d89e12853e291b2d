using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>Backup and point-in-time restore of a cluster, as docs/operations.md describes them.</summary>
public sealed class PointInTimeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_cluster_restored_to_an_instant_agrees_with_its_audit_and_takes_what_came_later_again()
    {
        using var journal = new JournalWriter(Path.Combine(_directory.Path, "journal.jsonl"), TimeProvider.System);
        await using var cluster = await ClusterUnderTest.StartAsync(
            silos: 1, gateways: 1, partitions: 4, Path.Combine(_directory.Path, "logs"), journal, new GatewayList());
        await cluster.Database.ArchiveAsync();
        await cluster.ReadyAsync();
        using var server = new BillingClient(cluster.Gateways[0].Address.Http, ClusterUnderTest.OperatorKey, TimeProvider.System);
        using var tenant = await TestTenant.CreateAsync(server, "restored", "2026-01-20T00:00:00Z");
        await tenant.MeterAsync("m", "kWh");
        await tenant.PlanAsync("""
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"u","name":"U","meter":"m","model":"perUnit","unitPrice":"2"}]}
            """);
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        await tenant.DeviceAsync("d", "c");

        Assert.Equal(["accepted"], await tenant.SendAsync(Event("before-the-backup", "5")));
        await cluster.Database.BackUpAsync();
        Assert.Equal(["accepted"], await tenant.SendAsync(Event("after-the-backup", "7")));
        var instant = await cluster.Database.ReadAsync<string>("SELECT clock_timestamp()::text");
        Assert.Equal(["accepted"], await tenant.SendAsync(Event("after-the-instant", "11")));
        await cluster.Database.ArchivedAsync();

        await Task.WhenAll(cluster.Nodes.Select(node => node.KillAsync()));
        await cluster.Database.RestoreAsync(instant);
        await cluster.HealAsync(silos: 1);
        await cluster.ReadyAsync();

        using var restored = tenant.At(cluster.Gateways[0].Address.Http);
        Assert.Equal(24m, BillComparison.Number(await restored.BillAsync("c"), "total"));
        Assert.True((await restored.AuditAsync()).GetProperty("agrees").GetBoolean());
        Assert.Equal(["duplicate", "duplicate", "accepted"], await restored.SendAsync(
            Event("before-the-backup", "5"), Event("after-the-backup", "7"), Event("after-the-instant", "11")));
        await restored.AdvanceAsync("2026-02-02T00:00:00Z");
        Assert.Equal(46m, BillComparison.Number(Assert.Single(await restored.InvoicesAsync("c")), "total"));
        Assert.True((await restored.AuditAsync()).GetProperty("agrees").GetBoolean());
    }

    private static object Event(string id, string value) =>
        new { id, device = "d", meter = "m", time = "2026-01-15T00:00:00Z", value };
}
