using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Allowances;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Corrections.CorrectionScenario;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Several allowances of a charge, over several partitions; all amounts are worked by hand.</summary>
public sealed class AllowanceTests
{
    /// <summary>15 MB of its own for each SIM in Europe, 10 MB more that all share, 20 MB at most of the pools each.</summary>
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"data","meter":"data","unitPrice":"1","poolLimitPerDevice":"20","allowances":[
            {"id":"own","kind":"device","perDevice":"15","where":{"zone":["eu"]}},
            {"id":"flex","kind":"flex","perDevice":"10"},
            {"id":"more","kind":"block","quantity":"5","price":"2","maxBlocks":1}]}]}
        """;

    [Fact]
    public async Task Usage_that_comes_late_changes_what_its_own_period_covers_and_nothing_else()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await Send(cluster, "2026-06-20", ("a", "d1", 20m, "eu"), ("b", "d1", 3m, "us"), ("c", "d2", 40m, "us"));
        // d1: 15 of its own, 8 of the pools; d2: 20 of the pools, 20 beyond its limit. Pools 28: 30 of flex, nothing bought.
        Assert.Equal([("data", 20m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.RestartAsync();
        Assert.Equal([("data", 20m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.AdvanceAsync("t", "2026-07-10T00:00:00Z");
        // d3 uses 18 in Europe: 3 of the pools, 31 in all. One block, 2.00.
        await Send(cluster, "2026-06-21", ("d", "d3", 18m, "eu"));
        await cluster.AdvanceAsync("t", "2026-08-01T02:00:00Z");
        Assert.Equal([[("data", 2m)], [("data", 20m)]], (await Invoices(cluster)).Select(i => Amounts(i.Lines)));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_device_that_leaves_afterwards_takes_its_own_quantity_with_it()
    {
        await using var cluster = await Prepared(Plan.Replace("\"where\"", "\"leaver\":\"prorated\",\"where\"", StringComparison.Ordinal));
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await Send(cluster, "2026-06-05", ("a", "d1", 20m, "eu"), ("b", "d2", 30m, "us"));
        // 5 and 20 of the pools of 30, 10 beyond the limit.
        Assert.Equal([("data", 10m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        Ok(await cluster.Device("t", "d1").SetState("suspended", At("2026-06-11T00:00:00Z")));
        // 10 of 30 days: 5 of its own, 15 of the pools: 35 of 30, a block of 5.
        Assert.Equal([("data", 12m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.AdvanceAsync("t", "2026-07-10T00:00:00Z");
        // After June is billed d3 turns out to have been suspended since the 1st.
        Ok(await cluster.Device("t", "d3").SetState("suspended", At("2026-06-01T00:00:00Z")));
        // And d2 comes to have used 3 in Europe, of its own.
        await Send(cluster, "2026-06-06", ("c", "d2", 3m, "eu"));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-08-01T02:00:00Z");
        var invoices = await Invoices(cluster);
        // Of d2 20 of the pools and 10 beyond, of d1 15 of the pools: 20 of flex, 5 bought, 10 and 10 are left: 22.00.
        Assert.Equal([[("data", 10m)], [("data", 12m)]], invoices.Select(i => Amounts(i.Lines)));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_change_of_plan_gives_each_plan_its_own_quantities()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", Plan.Replace("\"id\":\"p\"", "\"id\":\"q\"", StringComparison.Ordinal).Replace("\"15\"", "\"30\"", StringComparison.Ordinal));
        await cluster.AdvanceAsync("t", "2026-06-12T00:00:00Z");
        await Send(cluster, "2026-06-11", ("a", "d1", 20m, "eu"));
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .Change(new("up", "q", null, ChangeWhen.At, At("2026-06-16T00:00:00Z"))));
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await Send(cluster, "2026-06-20", ("b", "d1", 50m, "eu"));
        // To the 16th: 15 of 30 days, 7.5 of its own, 12.5 of the pool of 15. After it 15 of its own, 15 of the pool, a block of 5, 15 beyond the limit.
        Assert.Equal([("data", 0m), ("data", 17m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        Assert.Equal([("data", 0m), ("data", 17m)], Amounts((await Invoices(cluster))[0].Lines));
        await Agrees(cluster);
    }

    [Fact]
    public async Task What_if_covers_each_device_by_itself_too()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", Plan.Replace("\"id\":\"p\"", "\"id\":\"q\"", StringComparison.Ordinal).Replace("\"15\"", "\"30\"", StringComparison.Ordinal));
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await Send(cluster, "2026-06-20", ("a", "d1", 60m, "eu"), ("b", "d2", 25m, "us"));
        // Now: 45 beyond its own of d1, 20 of the pool; d2 20 of the pool: 40 of 30 and 5 bought for 2.00: 5 + 25 + 5 are left.
        var answer = Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).WhatIf(new([new("q", null, null)], At("2026-06-15T00:00:00Z"))));
        Assert.Equal(37m, answer.Total);
        // With 30 of its own d1 is 10 beyond its limit.
        Assert.Equal(22m, answer.Plans[0].Total);
    }

    [Fact]
    public async Task What_is_carried_over_is_fixed_when_its_period_closes()
    {
        await using var cluster = await Prepared(Rolling("p"));
        await cluster.AdvanceAsync("t", "2026-06-20T00:00:00Z");
        await Send(cluster, "2026-06-01", ("a", "d1", 60m, "eu"));
        await cluster.AdvanceAsync("t", "2026-07-20T00:00:00Z");
        await Send(cluster, "2026-07-02", ("b", "d2", 130m, "eu"));
        // 40 of June and 100 of July.
        Assert.Equal([("data", 0m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        // June's usage that comes after its close sees June's pool: 110 of 100. July keeps the 40.
        await Send(cluster, "2026-06-02", ("c", "d3", 50m, "eu"));
        await cluster.RestartAsync();
        Assert.Equal([("data", 0m), ("data", 10m)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.AdvanceAsync("t", "2026-08-20T00:00:00Z");
        // Ten of July's 100 are left for August, whatever comes late.
        await Send(cluster, "2026-07-03", ("d", "d1", 5m, "eu"));
        await Send(cluster, "2026-08-03", ("e", "d1", 112m, "eu"));
        await cluster.AdvanceAsync("t", "2026-09-02T00:00:00Z");
        Assert.Equal(
            [[("data", 2m), ("data", 0m)], [("data", 0m), ("data", 10m)], [("data", 0m)]],
            (await Invoices(cluster)).Select(i => Amounts(i.Lines)));
        await Agrees(cluster);
    }

    [Theory]
    [InlineData("true", 15)]
    [InlineData("false", 85)]
    public async Task A_change_of_plan_drops_what_was_carried_unless_the_plan_says_otherwise(string survives, int july)
    {
        await using var cluster = await Prepared(Rolling("p", survives));
        await cluster.PublishAsync("t", Rolling("q", survives).Replace("\"100\"", "\"50\"", StringComparison.Ordinal));
        await cluster.AdvanceAsync("t", "2026-06-20T00:00:00Z");
        await Send(cluster, "2026-06-01", ("a", "d1", 30m, "eu"));
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .Change(new("up", "q", null, ChangeWhen.At, At("2026-07-01T00:00:00Z"))));
        await cluster.AdvanceAsync("t", "2026-07-20T00:00:00Z");
        await Send(cluster, "2026-07-02", ("b", "d2", 135m, "eu"));
        // Of June 70 are left; July has 50 of its own.
        Assert.Equal([("data", (decimal)july)], Amounts((await cluster.BillAsync("t", "c")).Lines));
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        Assert.Equal([("data", (decimal)july)], Amounts((await Invoices(cluster))[0].Lines));
        await Agrees(cluster);
    }

    [Fact]
    public async Task The_view_shows_every_allowance_and_what_each_device_has_of_them()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        await Send(cluster, "2026-06-20", ("a", "d1", 20m, "eu"), ("b", "d1", 3m, "us"), ("c", "d2", 40m, "us"), ("d", "d2", 1m, "eu"));
        var pool = Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).Pool("data", null, PoolSplit.Excess));
        Assert.Equal((75m, 64m, 20m, 20m), (pool.Included, pool.Used, pool.Overage, pool.Amount));
        Assert.Equal(
            [("own", 45m, 16m, 29m, 0m), ("flex", 30m, 28m, 2m, 0m), ("more", 0m, 0m, 0m, 0m)],
            pool.Allowances.Select(a => (a.Id, a.Own, a.Used, a.Left, a.Blocks)));
        Assert.Equal(
            [("d1", 23m, 0m, 15m, 0m, "0.00"), ("d2", 41m, 30m, 1m, 20m, "20.00"), ("d3", 0m, 0m, 0m, 0m, "0.00")],
            pool.Members.Select(m => (m.Device, m.Used, m.Excess, m.Own, m.BeyondLimit, m.Share.ToString())));
    }

    [Fact]
    public async Task The_view_shows_which_period_left_what_to_a_pool()
    {
        await using var cluster = await Prepared(Rolling("p"));
        await cluster.AdvanceAsync("t", "2026-07-20T00:00:00Z");
        await Send(cluster, "2026-07-02", ("b", "d2", 130m, "eu"));
        var pool = Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).Pool("data", null, PoolSplit.Usage));
        var allowance = Assert.Single(pool.Allowances);
        Assert.Equal((100m, 100m, 130m, 70m), (allowance.Own, allowance.CarriedIn, allowance.Used, allowance.Left));
        Assert.Equal([new PoolCarriedView(At("2026-06-01T00:00:00Z"), 100m)], allowance.Carried);
        Assert.Equal([("d2", 130m)], pool.Members.Select(m => (m.Device, m.Used)));
    }

    [Fact]
    public async Task What_is_corrected_after_the_close_gives_back_what_it_was_beyond_the_allowances()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-30T12:00:00Z");
        var (wrong, high) = (
            Event("c", "d2", "data", "2026-06-20T12:00:00Z", 40m, ("zone", "us")), Event("a", "d1", "data", "2026-06-20T12:00:00Z", 20m, ("zone", "eu")));
        await cluster.SendAsync("t", [wrong, high]);
        await Send(cluster, "2026-06-20", ("b", "d1", 3m, "us"));
        await cluster.AdvanceAsync("t", "2026-07-10T00:00:00Z");
        // Billed: 20 of d2 beyond its limit. Of 25 instead of 40 5 are; of d1 2 of 5 that were of the pool are no more.
        Done(await CorrectAsync(cluster, "t", Amend(wrong, wrong with { Value = 25m })));
        Done(await CorrectAsync(cluster, "t", Amend(high, high with { Value = 18m })));
        await cluster.RestartAsync();
        var pool = Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).Pool("data", At("2026-06-15T00:00:00Z"), PoolSplit.Excess));
        Assert.Equal((46m, 5m, 5m), (pool.Used, pool.Overage, pool.Amount));
        Assert.Equal([("own", 15m), ("flex", 26m), ("more", 0m)], pool.Allowances.Select(a => (a.Id, a.Used)));
        await cluster.AdvanceAsync("t", "2026-08-01T02:00:00Z");
        Assert.Equal([[("data", -15m)], [("data", 20m)]], (await Invoices(cluster)).Select(i => Amounts(i.Lines)));
        await Agrees(cluster);
    }

    /// <summary>June leaves 20 of 100, so July's 130 are 10 beyond its 120. That June should have had 150 changes nothing in July.</summary>
    [Fact]
    public async Task A_period_that_is_re_rated_leaves_what_it_left_when_it_was_closed()
    {
        await using var cluster = await Prepared(Rolling("p"));
        await cluster.AdvanceAsync("t", "2026-06-02T00:00:00Z");
        await Send(cluster, "2026-06-01", ("june", "d1", 80m, "eu"));
        await cluster.AdvanceAsync("t", "2026-07-10T00:00:00Z");
        await Send(cluster, "2026-07-02", ("july", "d1", 130m, "eu"));
        await cluster.AdvanceAsync("t", "2026-08-10T00:00:00Z");
        await cluster.PublishAsync("t", Rolling("p").Replace("\"100\"", "\"150\"", StringComparison.Ordinal));
        var reRatings = cluster.Grains.GetGrain<IReRatingGrain>("t");
        Ok(await reRatings.Preview(new("june", "p", 1, 2, null, At("2026-06-01T00:00:00Z"), At("2026-07-01T00:00:00Z"), [], [])));
        Assert.Equal(ReRatingStatus.Applied, Ok(await reRatings.Apply("june")).Status);
        await Send(cluster, "2026-07-03", ("late", "d1", 5m, "eu"));

        await cluster.AdvanceAsync("t", "2026-09-10T00:00:00Z");
        Assert.Equal([[("data", 5m)], [("data", 10m)], [("data", 0m)]], (await Invoices(cluster)).Select(i => Amounts(i.Lines)));
        await Agrees(cluster);
    }

    private static string Rolling(string id, string survives = "false") => $$$"""
        {"id":"{{{id}}}","currency":"EUR","charges":[{"id":"data","meter":"data","unitPrice":"1","allowances":[
          {"id":"pool","kind":"fixed","quantity":"100","rollOver":{"survivesPlanChange":{{{survives}}}}}]}]}
        """;

    private static async Task<BillingCluster> Prepared(string plan = Plan)
    {
        var cluster = await StartAsync(snapshotAtStop: 1);
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z", windowDays: 100);
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z");
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        return cluster;
    }

    private static async Task Send(BillingCluster cluster, string day, params (string Id, string Device, decimal Value, string Zone)[] events)
    {
        var results = await cluster.SendAsync("t", [
            .. events.Select(e => Event(e.Id, e.Device, "data", $"{day}T12:00:00Z", e.Value, ("zone", e.Zone)))]);
        Assert.All(results, r => Assert.True(r.Status is UsageStatus.Accepted or UsageStatus.Late, r.Code));
    }

    private static (string Charge, decimal Amount)[] Amounts(IEnumerable<Core.Invoicing.InvoiceLine> lines) =>
        [.. lines.Select(l => (l.ChargeId, l.Amount.ToDecimal()))];

    private static async Task<InvoiceView[]> Invoices(BillingCluster cluster) =>
        (await cluster.Customer("t", "c").Invoices(null, 100)).Items;

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }
}
