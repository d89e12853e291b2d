using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Devices;

/// <summary>Resets of registers that no plan charges for. A fact that cannot be applied would keep its partition from ever loading.</summary>
public sealed class RegisterResetTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[{"id":"c","meter":"METER","unitPrice":"1"}]}
        """;

    [Fact]
    public async Task A_reset_where_the_meter_has_no_charge_is_refused_and_the_partition_lives_on()
    {
        await using var cluster = await Prepared("other");
        foreach (decimal? final in new decimal?[] { 20m, null })
        {
            var refused = await Reset(cluster, final);
            Assert.Equal(
                final is null ? (CommandOutcome.Updated, null) : (CommandOutcome.Rejected, "rating.no_charge_for_meter"),
                (refused.Outcome, refused.Errors.FirstOrDefault()?.Code));
        }
        await cluster.SendAsync("t", Event("o", "d", "other", "2026-06-20T00:00:00Z", 3m));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal(300, Assert.Single((await cluster.BillAsync("t", "c")).Lines).Amount.MinorUnits);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_reset_where_the_meter_has_a_charge_bills_what_the_old_register_showed()
    {
        await using var cluster = await Prepared("r");
        await cluster.SendAsync("t", Event("a", "d", "r", "2026-06-10T00:00:00Z", 5m));
        Assert.Equal(CommandOutcome.Updated, (await Reset(cluster, 12m)).Outcome);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal(1200, Assert.Single((await cluster.BillAsync("t", "c")).Lines).Amount.MinorUnits);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_device_is_not_moved_before_a_reset_that_is_billed_and_before_another_it_is()
    {
        await using var cluster = await Prepared("r");
        await cluster.SubscribeAsync("t", "c", "s2", "p", "2026-06-01T00:00:00Z", "UTC");
        Assert.Equal(CommandOutcome.Updated, (await Reset(cluster, 12m)).Outcome);
        var refused = await cluster.Device("t", "d").Assign("s2", At("2026-06-20T00:00:00Z"));
        Assert.Equal((CommandOutcome.Conflict, "device.usage_after"), (refused.Outcome, refused.Errors.Single().Code));
        Assert.Equal(CommandOutcome.Updated, (await cluster.Device("t", "d").Assign("s2", At("2026-06-20T00:00:01Z"))).Outcome);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_reset_of_nothing_does_not_matter_to_the_audit_when_another_plan_has_the_device_then()
    {
        await using var cluster = await Prepared("r");
        await cluster.PublishAsync("t", Plan.Replace("\"p\"", "\"q\"", StringComparison.Ordinal).Replace("METER", "other", StringComparison.Ordinal));
        await cluster.SubscribeAsync("t", "c", "s2", "q", "2026-06-01T00:00:00Z", "UTC");
        Assert.Equal(CommandOutcome.Updated, (await Reset(cluster, 0m)).Outcome);
        Assert.Equal(CommandOutcome.Updated, (await cluster.Device("t", "d").Assign("s2", At("2026-06-10T00:00:00Z"))).Outcome);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Empty((await cluster.AuditAsync("t")).Findings);
    }

    private static Task<CommandResult<DeviceView>> Reset(BillingCluster cluster, decimal? final) =>
        cluster.Device("t", "d").ResetRegister(new("r", At("2026-06-20T00:00:00Z"), final, 0m));

    private static async Task<BillingCluster> Prepared(string charged)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-28T00:00:00Z");
        await cluster.DefineMeterAsync("t", "r", "kWh", new CumulativeRegister(null));
        await cluster.DefineMeterAsync("t", "other", "kWh");
        await cluster.PublishAsync("t", Plan.Replace("METER", charged, StringComparison.Ordinal));
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z", "UTC");
        await cluster.RegisterAsync("t", "d", "s");
        // The partition learns the meters with the first events.
        await cluster.SendAsync("t", Event("first", "d", "r", "2026-06-02T00:00:00Z", 0m));
        return cluster;
    }
}
