using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

public sealed class QuarantineReleaseTests
{
    private const string Plan = """
        {"id":"p","name":"Data","currency":"EUR","charges":[{"id":"data","name":"Data","meter":"data","unitPrice":"0.10"}]}
        """;

    [Fact]
    public async Task What_was_mended_is_billed_in_its_own_period_or_as_late_usage_and_the_rest_stays_with_its_reason()
    {
        await using var cluster = await Prepared("2026-01-25T00:00:00Z");
        await cluster.SendAsync("t", [
            Event("1", "loose", "data", "2026-01-20T00:00:00Z", 10m), Event("2", "loose", "data", "2026-01-24T00:00:00Z", 20m),
            Event("3", "stray", "data", "2026-01-24T00:00:00Z", 40m), Event("4", "loose", "data", "2025-01-01T00:00:00Z", 80m)]);
        await cluster.AdvanceAsync("t", "2026-02-10T00:00:00Z");
        await cluster.SendAsync("t", Event("5", "loose", "data", "2026-02-05T00:00:00Z", 5m));
        Assert.All(await Release(cluster), r => Assert.NotNull(r.Reason));
        Ok(await cluster.Device("t", "loose").Assign("s", At("2026-01-22T00:00:00Z")));

        var results = (await Release(cluster)).ToDictionary(r => r.Id);
        Assert.Equal("usage.unassigned", results["1"].Reason);
        Assert.Equal((null, true), (results["2"].Reason, results["2"].Late));
        Assert.Equal("usage.unassigned", results["3"].Reason);
        Assert.Equal("usage.too_old", results["4"].Reason);
        Assert.Equal((null, false), (results["5"].Reason, results["5"].Late));
        Assert.Equal([("usage", 0.50m), ("lateUsage", 2.00m)],
            (await cluster.BillAsync("t", "c")).Lines.Select(l => (l.Kind, l.Amount.ToDecimal())));

        // Let go once: neither a repeat nor sending the event again bills it twice.
        Assert.DoesNotContain(await Release(cluster), r => r.Reason is null);
        var again = await cluster.SendAsync("t", Event("2", "loose", "data", "2026-01-24T00:00:00Z", 20m));
        Assert.Equal(UsageStatus.Duplicate, again.Status);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal(2.50m, (await cluster.BillAsync("t", "c")).Total);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        Assert.Equal((5, 3), (audit.EventsRead, audit.EventsQuarantined));
    }

    [Fact]
    public async Task Usage_beyond_the_acceptance_window_is_billed_only_when_somebody_says_so()
    {
        await using var cluster = await Prepared("2026-03-20T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        await cluster.SendAsync("t", Event("old", "d", "data", "2026-01-10T00:00:00Z", 30m));
        Assert.Equal(["usage.too_old"], (await Release(cluster)).Select(r => r.Reason));
        Assert.Equal([null], (await Release(cluster, includeTooOld: true)).Select(r => r.Reason));
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        Assert.Equal([3.00m], (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Select(i => i.Total));
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task Filters_choose_what_is_tried_and_a_limit_goes_on_where_it_stopped()
    {
        await using var cluster = await Prepared("2026-01-25T00:00:00Z");
        await cluster.SendAsync("t", [.. Enumerable.Range(0, 7)
            .Select(i => Event($"e{i}", "loose", "data", $"2026-01-2{i % 4}T0{i}:00:00Z", 1m))]);
        Ok(await cluster.Device("t", "loose").Assign("s", At("2026-01-01T00:00:00Z")));
        Assert.Empty(await Release(cluster, reason: "usage.too_old"));
        Assert.Empty(await Release(cluster, device: "stray"));
        var partition = PartitionMap.Of(EntityKind.Device, "t", "loose", BillingCluster.Partitions);
        var seen = new List<string>();
        for (var (after, examined) = (0L, 3); examined == 3;)
        {
            var part = await cluster.Grains.GetGrain<IPartitionGrain>(partition).ReleaseQuarantine(new("t", null, null, null, false, after, 3));
            (after, examined) = (part.Through, part.Examined);
            seen.AddRange(part.Results.Where(r => r.Reason is null).Select(r => r.Id));
        }
        Assert.Equal(["e0", "e1", "e2", "e3", "e4", "e5", "e6"], seen);
        Assert.Equal(0.70m, (await cluster.BillAsync("t", "c")).Total);
    }

    private static async Task<ReleasedUsage[]> Release(
        BillingCluster cluster, string? device = null, string? reason = null, bool includeTooOld = false)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, BillingCluster.Partitions).Select(p => cluster.Grains.GetGrain<IPartitionGrain>(p)
            .ReleaseQuarantine(new("t", device, null, reason, includeTooOld, 0, 1_000))));
        return [.. all.SelectMany(part => part.Results)];
    }

    private static async Task<BillingCluster> Prepared(string now)
    {
        var cluster = await StartAsync(snapshotAtStop: 1);
        await cluster.CreateTenantAsync("t", now);
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "loose", null);
        await cluster.RegisterAsync("t", "stray", null);
        return cluster;
    }
}
