using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Pauses of a subscription. June 2026 has 30 days.</summary>
public sealed class PauseTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"base","amount":"30.00"},
          {"id":"sim","kind":"recurring","per":"device","amount":"3.00"},
          {"id":"use","meter":"m","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1.00"},{"unitPrice":"0.10"}],
           "allowance":{"perDevice":"1"}}]}
        """;

    /// <summary>
    /// From the 11th to the 20th: 20/30 of 30.00; 4 devices, 80 of 120 device-days of 3.00 each; the tiers count on over the pause:
    /// 8 + 16 = 24 units, 4 of the pool (whole), 10 × 1.00 + 10 × 0.10.
    /// </summary>
    [Fact]
    public async Task Fees_are_not_due_in_a_pause_usage_is_kept_back_and_tiers_count_on_whatever_is_restarted()
    {
        await using var cluster = await Prepared();
        await SendAsync(cluster, UsageStatus.Accepted, "a", "2026-06-01T00:00:00Z", 2m);
        var pause = Ok(await Pause(cluster, "rest", "2026-06-11T00:00:00Z"));
        Assert.Equal(("pause", "scheduled"), (pause.Kind, pause.Status));
        Assert.Equal(CommandOutcome.Unchanged, (await Pause(cluster, "rest", "2026-06-11T00:00:00Z")).Outcome);
        Ok(await Resume(cluster, "on", "2026-06-21T00:00:00Z"));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-06-22T00:00:00Z");
        // The first instant of the pause belongs to it, the last does not.
        await SendAsync(cluster, UsageStatus.Quarantined, "p", "2026-06-11T00:00:00Z", 100m);
        await SendAsync(cluster, UsageStatus.Quarantined, "q", "2026-06-20T23:59:59.9999999Z", 100m);
        await SendAsync(cluster, UsageStatus.Accepted, "b", "2026-06-10T23:59:59.9999999Z", 3m);
        await SendAsync(cluster, UsageStatus.Accepted, "c", "2026-06-21T00:00:00Z", 1m);
        await cluster.RestartAsync();
        var view = (await Subscription(cluster).Get())!;
        Assert.Equal(
            (At("2026-06-11T00:00:00Z"), At("2026-06-21T00:00:00Z"), "quarantined"),
            (view.Pauses![0].Start, view.Pauses[0].End!.Value, view.Pauses[0].Usage));
        Assert.Equal(["pause begun", "resume begun"], view.Changes!.Select(c => $"{c.Kind} {c.Status}"));
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        var invoice = Assert.Single((await cluster.Customer("t", "c").Invoices(null, 10)).Items);
        Assert.Equal(
            ["base 20.00 ", "sim 8.00 ", "use 11.00 "], invoice.Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan}"));
        Assert.Equal(["base 30.00", "sim 12.00"], (await cluster.BillAsync("t", "c")).Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_pause_that_bills_usage_takes_only_the_fees_off_also_over_a_change_of_plan()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", Plan.Replace("\"p\"", "\"q\"", StringComparison.Ordinal).Replace("30.00", "60.00", StringComparison.Ordinal));
        Ok(await Subscription(cluster).Change(new(
            "rest", null, null, ChangeWhen.At, At("2026-06-06T00:00:00Z"), Kind: ChangeKind.Pause, BillsUsage: true)));
        Ok(await Subscription(cluster).Change(new("q", "q", null, ChangeWhen.At, At("2026-06-11T00:00:00Z"))));
        Ok(await Resume(cluster, "on", "2026-06-16T00:00:00Z"));
        await cluster.AdvanceAsync("t", "2026-06-17T00:00:00Z");
        await SendAsync(cluster, UsageStatus.Accepted, "a", "2026-06-08T00:00:00Z", 2m);
        // 5 of 30 days of 30.00; 15 of 30 of 60.00. 20 and 60 device-days of 3.00 × 1/30. The first
        // plan's pool is 4 × 10/30, its usage 8 units: 6.67 are beyond.
        Assert.Equal(
            ["base 5.00", "sim 2.00", "use 6.67", "base 30.00", "sim 6.00"],
            (await cluster.BillAsync("t", "c")).Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await Agrees(cluster);
    }

    [Fact]
    public async Task Pauses_come_one_after_another_and_can_be_withdrawn_before_they_begin()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-05T00:00:00Z");
        await SendAsync(cluster, UsageStatus.Accepted, "a", "2026-06-05T00:00:00Z", 1m);
        Assert.Equal("subscription.not_paused", (await Resume(cluster, "x", "2026-06-09T00:00:00Z")).Errors[0].Code);
        Assert.Equal("subscription.change_too_early", (await Pause(cluster, "x", "2026-06-04T00:00:00Z")).Errors[0].Code);
        Assert.Equal("subscription.plan_only", (await Subscription(cluster).Change(
            new("x", null, null, ChangeWhen.PeriodStart, null, Kind: ChangeKind.Pause))).Errors[0].Code);
        Ok(await Pause(cluster, "rest", "2026-06-10T00:00:00Z"));
        Assert.Equal("subscription.paused", (await Pause(cluster, "x", "2026-06-20T00:00:00Z")).Errors[0].Code);
        Assert.Equal("subscription.resume_before_pause", (await Resume(cluster, "x", "2026-06-10T00:00:00Z")).Errors[0].Code);
        Ok(await Resume(cluster, "on", "2026-06-12T00:00:00Z"));
        Assert.Equal("subscription.pause_overlaps", (await Pause(cluster, "x", "2026-06-11T00:00:00Z")).Errors[0].Code);
        Assert.Equal("subscription.change_scheduled", (await Subscription(cluster).Withdraw("rest")).Errors[0].Code);
        Ok(await Subscription(cluster).Withdraw("on"));
        Assert.Null((await Subscription(cluster).Get())!.Pauses![0].End);
        Ok(await Subscription(cluster).Withdraw("rest"));
        Assert.Null((await Subscription(cluster).Get())!.Pauses);
        Ok(await Pause(cluster, "again", "2026-06-10T00:00:00Z"));
        Assert.Equal("subscription.change_exists", (await Resume(cluster, "again", "2026-06-12T00:00:00Z")).Errors[0].Code);
        await SendAsync(cluster, UsageStatus.Accepted, "b", "2026-06-05T00:01:00Z", 1m);
        await Agrees(cluster);
    }

    [Theory]
    [InlineData("billed", null, UsageStatus.Accepted)]
    [InlineData("billed", false, UsageStatus.Quarantined)]
    [InlineData("quarantined", null, UsageStatus.Quarantined)]
    [InlineData("quarantined", true, UsageStatus.Accepted)]
    public async Task Usage_in_a_pause_is_what_the_pause_says_or_else_the_plan(string plan, bool? pause, UsageStatus status)
    {
        await using var cluster = await Prepared(Plan.Replace(
            "\"currency\"", $"\"pausedUsage\":\"{plan}\",\"currency\"", StringComparison.Ordinal));
        Ok(await Subscription(cluster).Change(new(
            "rest", null, null, ChangeWhen.At, At("2026-06-01T00:00:00Z"), Kind: ChangeKind.Pause, BillsUsage: pause)));
        await cluster.RestartAsync();
        await SendAsync(cluster, status, "a", "2026-06-01T00:00:00Z", 1m);
    }

    [Fact]
    public async Task No_quota_is_reserved_in_a_pause_and_none_reaches_into_one()
    {
        await using var cluster = await Prepared();
        Ok(await Pause(cluster, "rest", "2026-06-01T00:10:00Z"));
        var before = Ok(await cluster.Device("t", "d1").Reserve(new("a", "m", 1m, null, null, null, 3_600)));
        Assert.Equal(At("2026-06-01T00:10:00Z"), before.ExpiresAt);
        await cluster.AdvanceAsync("t", "2026-06-01T00:10:00Z");
        Assert.Equal(
            "subscription.paused", (await cluster.Device("t", "d1").Reserve(new("b", "m", 1m, null, null, null, 3_600))).Errors.Single().Code);
    }

    private static async Task SendAsync(BillingCluster cluster, UsageStatus expected, string id, string time, decimal value)
    {
        var results = await cluster.SendAsync("t", [.. Enumerable.Range(0, 4).Select(i => Event(id, $"d{i}", "m", time, value))]);
        Assert.All(results, r => Assert.Equal(expected, r.Status));
        Assert.All(results, r => Assert.Equal(expected == UsageStatus.Quarantined ? "subscription.paused" : null, r.Code));
    }

    private static ISubscriptionGrain Subscription(BillingCluster cluster) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"));

    private static Task<CommandResult<SubscriptionChange>> Pause(BillingCluster cluster, string id, string at) =>
        Subscription(cluster).Change(new(id, null, null, ChangeWhen.At, At(at), Kind: ChangeKind.Pause));

    private static Task<CommandResult<SubscriptionChange>> Resume(BillingCluster cluster, string id, string at) =>
        Subscription(cluster).Change(new(id, null, null, ChangeWhen.At, At(at), Kind: ChangeKind.Resume));

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task<BillingCluster> Prepared(string plan = Plan)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z");
        foreach (var i in Enumerable.Range(0, 4))
        {
            await cluster.RegisterAsync("t", $"d{i}", "s");
        }
        return cluster;
    }
}
