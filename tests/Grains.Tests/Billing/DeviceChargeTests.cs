using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Allowances;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Fees per device and pools, over several partitions; all amounts are worked by hand.</summary>
public sealed class DeviceChargeTests
{
    private const string Plan = """
        {"id":"p","name":"Connectivity","currency":"EUR","charges":[
          {"id":"sim","name":"SIM","kind":"recurring","per":"device","amount":"3"},
          {"id":"pause","name":"Pause","kind":"recurring","per":"device","states":["suspended"],"amount":"0.60"},
          {"id":"card","name":"Card","kind":"oneTime","per":"device","amount":"2"},
          {"id":"data","name":"Data","meter":"data","unitPrice":"0.05","allowance":{"perDevice":"10"}}]}
        """;

    [Fact]
    public async Task Devices_are_charged_for_their_days_and_bring_their_share_to_the_pool_without_any_event()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await cluster.SendAsync("t", [
            Event("a", "d1", "data", "2026-06-30T00:00:00Z", 5m), Event("b", "d3", "data", "2026-06-30T00:00:00Z", 45m)]);

        // sim: 30 + 20 + 30 + 15 = 95 days of 30 at 3.00 = 9.50. pause: 10 days at 0.60 = 0.20. card: 4 at 2.00 = 8.00.
        // Pool: 10 + 10 (it left, its share stays) + 10 + 5 (it came on the 16th) = 35; 15 of 50 MB at 0.05 = 0.75.
        (string, decimal)[] june = [("sim", 9.50m), ("pause", 0.20m), ("card", 8.00m), ("data", 0.75m)];
        Assert.Equal(june, Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal(june, Amounts((await cluster.BillAsync("t", "c")).Lines));

        // Two months pass without an event: 3 devices at 3.00 and one paused at 0.60 in each.
        await cluster.AdvanceAsync("t", "2026-09-01T02:00:00Z");
        var invoices = await Invoices(cluster);
        Assert.Equal([9.60m, 9.60m, 18.45m], invoices.Select(i => i.Total));
        Assert.Equal(june, Amounts(invoices[^1].Lines));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_device_told_of_too_late_is_charged_afterwards_and_puts_overage_back_into_the_pool()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await cluster.SendAsync("t", Event("a", "d1", "data", "2026-06-30T00:00:00Z", 50m));
        await cluster.AdvanceAsync("t", "2026-08-10T00:00:00Z");
        await cluster.RegisterAsync("t", "d5", "s", "2026-06-16T00:00:00Z");
        await cluster.AdvanceAsync("t", "2026-09-01T02:00:00Z");

        var august = (await Invoices(cluster))[0];
        // June: 15 days of 3.00 = 1.50, the card 2.00, 5 MB more in the pool = -0.25. July: 3.00. August: 9.00 + 3.00 and 0.60.
        Assert.Equal(
            [("sim", 12.00m), ("pause", 0.60m), ("sim", 1.50m), ("card", 2.00m), ("data", -0.25m), ("sim", 3.00m)],
            Amounts(august.Lines));
        Assert.Equal(["recurring", "recurring", "lateUsage", "lateUsage", "lateUsage", "lateUsage"], august.Lines.Select(l => l.Kind));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_device_that_moves_or_stops_is_charged_to_each_subscription_for_its_own_days()
    {
        await using var cluster = await Prepared();
        await cluster.SubscribeAsync("t", "c2", "s2", "p", "2026-06-01T00:00:00Z");
        await cluster.AdvanceAsync("t", "2026-06-20T00:00:00Z");
        Ok(await cluster.Device("t", "d1").Assign("s2", At("2026-06-11T09:30:00Z")));
        Ok(await cluster.Device("t", "d3").SetState("terminated", At("2026-06-16T00:00:00Z")));
        // s: d1 10 days, d2 20, d3 15, d4 15 = 60 of 30 at 3.00. s2: d1 20 days.
        Assert.Equal(6.00m, Amounts((await cluster.BillAsync("t", "c")).Lines)[0].Amount);
        Assert.Equal(("sim", 2.00m), Amounts((await cluster.BillAsync("t", "c2")).Lines)[0]);
        await cluster.RestartAsync(snapshotAtStop: 1);
        await cluster.AdvanceAsync("t", "2026-08-01T02:00:00Z");

        // July: s has d4 at 3.00 and d2 paused, s2 has d1; d3 is gone.
        Assert.Equal([("sim", 3.00m), ("pause", 0.60m)], Amounts((await Invoices(cluster))[0].Lines));
        Assert.Equal([("sim", 3.00m)], Amounts((await Invoices(cluster, "c2"))[0].Lines));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Changes_of_state_are_charged_each_time_to_the_subscription_that_has_the_device_then()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.PublishAsync("t", Transitions("a", "5"));
        await cluster.PublishAsync("t", Transitions("b", "7"));
        await cluster.SubscribeAsync("t", "c", "s", "a", "2026-06-01T00:00:00Z");
        await cluster.SubscribeAsync("t", "c2", "s2", "a", "2026-06-01T00:00:00Z");
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        await Change(cluster, "d1", ("inventory", "06-01"), ("active", "06-03"), ("suspended", "06-10"), ("active", "06-12"));
        await Change(cluster, "d2", ("suspended", "06-05"), ("active", "06-06"), ("suspended", "06-07"), ("standby", "06-08"));
        // The move and the resumption at one instant: it is the new owner's.
        Ok(await cluster.Device("t", "d2").Assign("s2", At("2026-06-15T00:00:00Z")));
        await Change(cluster, "d2", ("active", "06-15"), ("terminated", "06-20"));
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .Change(new("up", "b", null, ChangeWhen.At, At("2026-06-18T00:00:00Z"))));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-06-28T00:00:00Z");
        await Change(cluster, "d3", ("suspended", "06-20"), ("active", "06-21"), ("terminated", "06-22"));

        // s with plan a: d1 activated 5; d1 and d2 suspended three times at 1; d1 and d2 resumed 2 × 2. With b: d3 once each, and its end.
        Assert.Equal(
            [("on", 5m), ("off", 3m), ("again", 4m), ("off", 1m), ("again", 2m), ("end", 20m)],
            Amounts((await cluster.BillAsync("t", "c")).Lines));
        Assert.Equal([("again", 2m), ("end", 20m)], Amounts((await cluster.BillAsync("t", "c2")).Lines));
        Assert.Equal("3 changes of state", (await cluster.BillAsync("t", "c")).Lines[1].Steps[0].Text);
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await Change(cluster, "d1", ("suspended", "06-29"));
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        // Told after June was billed: late, by the plan of its own day.
        Assert.Equal([("off", 1m)], Amounts((await Invoices(cluster))[0].Lines));
        await Agrees(cluster);
    }

    private static string Transitions(string id, string activation) => $$"""
        {"id":"{{id}}","currency":"EUR","charges":[
          {"id":"on","kind":"oneTime","per":"device","fromStates":["inventory"],"amount":"{{activation}}"},
          {"id":"off","kind":"oneTime","per":"device","states":["suspended"],"fromStates":["active"],"amount":"1"},
          {"id":"again","kind":"oneTime","per":"device","fromStates":["suspended","standby"],"amount":"2"},
          {"id":"end","kind":"oneTime","per":"device","states":["terminated"],"fromStates":["active","standby","suspended"],"amount":"20"}]}
        """;

    private static async Task Change(BillingCluster cluster, string device, params (string State, string Day)[] changes)
    {
        foreach (var (state, day) in changes)
        {
            Ok(await cluster.Device("t", device).SetState(state, At($"2026-{day}T00:00:00Z")));
        }
    }

    [Fact]
    public async Task Nothing_follows_the_end_of_a_device_and_its_usage_goes_to_quarantine()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-20T00:00:00Z");
        Ok(await cluster.Device("t", "d1").SetState("standby", At("2026-06-10T00:00:00Z")));
        Ok(await cluster.Device("t", "d1").SetState("terminated", At("2026-06-15T00:00:00Z")));
        var after = await cluster.Device("t", "d1").SetState("active", At("2026-06-18T00:00:00Z"));
        Assert.Equal("device.terminated", Assert.Single(after.Errors).Code);
        Assert.Equal("device.state_unknown", Assert.Single((await cluster.Device("t", "d1").SetState("lost", At("2026-06-19T00:00:00Z"))).Errors).Code);
        var sent = await cluster.SendAsync("t", [
            Event("a", "d1", "data", "2026-06-12T00:00:00Z", 1m), Event("b", "d1", "data", "2026-06-16T00:00:00Z", 1m)]);
        Assert.Equal(
            [(Contracts.Usage.UsageStatus.Accepted, null), (Contracts.Usage.UsageStatus.Quarantined, "device.suspended")],
            sent.Select(r => (r.Status, r.Code)));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_pool_shows_what_every_device_brings_and_uses_and_shares_its_cost_to_the_cent()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-07-20T00:00:00Z");
        await cluster.SendAsync("t", [
            Event("a", "d1", "data", "2026-06-30T00:00:00Z", 5m), Event("b", "d3", "data", "2026-06-29T00:00:00Z", 25m),
            Event("c", "d4", "data", "2026-06-20T00:00:00Z", 20.1m), Event("d", "d4", "data", "2026-07-02T00:00:00Z", 1m)]);
        var subscription = cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"));

        // June, rated late as a whole: 50.1 MB less 35 are 15.1 at 0.05 = 0.755, rounded 0.76.
        var june = Ok(await subscription.Pool("data", At("2026-06-15T00:00:00Z"), PoolSplit.Excess));
        Assert.Equal((35m, 50.1m, 15.1m, 0.76m), (june.Included, june.Used, june.Overage, june.Amount));
        Assert.Equal(
            [("d1", 30m, 10m, 5m, 0m), ("d2", 30m, 10m, 0m, 0m), ("d3", 30m, 10m, 25m, 15m), ("d4", 15m, 5m, 20.1m, 15.1m)],
            june.Members.Select(m => (m.Device, m.Days, m.Included, m.Used, m.Excess)));
        // 0.76 by 15 to 15.1: 0.3787… and 0.3812…; the cent that is left goes to the larger remainder.
        Assert.Equal(["0.00", "0.00", "0.38", "0.38"], june.Members.Select(m => m.Share.ToString()));
        var byUsage = Ok(await subscription.Pool("data", At("2026-06-15T00:00:00Z"), PoolSplit.Usage));
        // 76 cents by 5, 25 and 20.1 of 50.1: 7.58, 37.92 and 30.49.
        Assert.Equal(["0.08", "0.00", "0.38", "0.30"], byUsage.Members.Select(m => m.Share.ToString()));

        Assert.Equal((1m, 0m), (Ok(await subscription.Pool("data", null, PoolSplit.Excess)) is var july ? (july.Used, july.Overage) : default));
        Assert.Equal("pool.unknown", Assert.Single((await subscription.Pool("sim", null, PoolSplit.Excess)).Errors).Code);
        Assert.Equal("pool.period", Assert.Single((await subscription.Pool("data", At("2026-05-01T00:00:00Z"), PoolSplit.Excess)).Errors).Code);
    }

    /// <summary>Four devices: all of June, active until the 21st, all of June, from the 16th.</summary>
    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync(snapshotAtStop: 1);
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z");
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        await cluster.RegisterAsync("t", "d4", "s", "2026-06-16T00:00:00Z");
        Ok(await cluster.Device("t", "d2").SetState("suspended", At("2026-06-21T00:00:00Z")));
        return cluster;
    }

    private static (string Charge, decimal Amount)[] Amounts(IEnumerable<Core.Invoicing.InvoiceLine> lines) =>
        [.. lines.Select(l => (l.ChargeId, l.Amount.ToDecimal()))];

    private static async Task<InvoiceView[]> Invoices(BillingCluster cluster, string customer = "c") =>
        (await cluster.Customer("t", customer).Invoices(null, 100)).Items;

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }
}
