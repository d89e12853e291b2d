using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Balances;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>ADR 0026: 100 MB are included, each further MB is 1.00; packs cover what is beyond the 100.</summary>
public sealed class PackTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"data","meter":"m","unitPrice":"1","freeQuantity":"100","blockAt":"included"},
          {"id":"matrix","meter":"n","model":"matrix","matrix":{"dimensions":["zone"],"rows":[{"keys":{"zone":"eu"},"unitPrice":"1"}],"otherwise":{"unitPrice":"2"}}}]}
        """;

    /// <summary>January 140: 40 of the pack of 50. February 115: its last 10, and 5 at 1.00.</summary>
    [Fact]
    public async Task A_pack_lasts_over_period_ends_until_it_is_used_up_and_a_restart_tells_the_same()
    {
        await using var cluster = await Prepared();
        var pack = Ok(await Grant(cluster, new("top", "data", 50m, null, CreditKind.Paid, 100, null, null, "Card 4711")));
        Assert.Equal((50m, 50m, 0m, 50m, "open", "MB"), (pack.Quantity, pack.Current, pack.Accrued, pack.Left, pack.Status, pack.Unit));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 140m);
        var line = Assert.Single((await cluster.BillAsync("t", "c")).Lines);
        Assert.Equal((140m, 0m), (line.Quantity, line.Amount.ToDecimal()));
        Assert.Equal(["first 100 MB free: 100", "pack top of 50 MB: 40"], line.Steps.Take(2).Select(s => $"{s.Text}: {s.Quantity}"));
        Assert.Equal("50 - 40 = 10 open", await Balance(cluster));

        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        Assert.Equal("10 - 0 = 10 open", await Balance(cluster));
        await Use(cluster, "feb", "2026-02-15T00:00:00Z", 115m);
        Assert.Equal(5.00m, (await cluster.BillAsync("t", "c")).Total);
        Assert.Equal("10 - 10 = 0 used", await Balance(cluster));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal("10 - 10 = 0 used", await Balance(cluster));
        await cluster.AdvanceAsync("t", "2026-03-01T01:00:00Z");
        await cluster.RestartAsync(snapshotAtStop: 1_000_000);
        Assert.Equal(
            ["grant 2026-01-10T00:00:00Z: pack:top 50, sold -50", "use 2026-02-01T00:00:00Z: pack:top -40, usage 40",
                "use 2026-03-01T00:00:00Z: pack:top -10, usage 10"],
            Journal(Assert.Single((await Subscription(cluster).Packs())!)));
        Assert.Equal([5.00m, 0m], (await cluster.Customer("t", "c").Invoices(null, 10))!.Items.Select(i => i.Total));
        await Agrees(cluster);
    }

    /// <summary>
    /// A pack of 50: January takes 20, February its last 30 of 40 and pays 10. A plan with 90 MB included at 2.00 would have taken 30 in January,
    /// and in February, which had 30, paid 20 of 50 MB; one that sells gigabytes takes none.
    /// </summary>
    [Fact]
    public async Task Other_plans_are_tried_with_the_packs_that_the_period_had()
    {
        await using var cluster = await Prepared();
        const string Matrix = """,{"id":"matrix","meter":"n","unitPrice":"1"}]}""";
        await cluster.PublishAsync("t", """{"id":"dear","currency":"EUR","charges":[{"id":"data","meter":"m","unitPrice":"2","freeQuantity":"90"}""" + Matrix);
        await cluster.PublishAsync("t", """{"id":"giga","currency":"EUR","charges":[{"id":"data","meter":"m","unit":"GB","unitPrice":"1000"}""" + Matrix);
        Ok(await Grant(cluster, new("top", "data", 50m, null, CreditKind.Paid, 100, null, null, null)));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 120m);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        await Use(cluster, "feb", "2026-02-15T00:00:00Z", 140m);
        var january = Ok(await Subscription(cluster).WhatIf(new([new("p", null, null), new("dear", null, null), new("giga", null, null)], At("2026-01-20T00:00:00Z"))));
        Assert.Equal([0m, 0m, 0m, 120m], january.Plans.Select(p => p.Total!.Value).Prepend(january.Total));
        var february = Ok(await Subscription(cluster).WhatIf(new([new("p", null, null), new("dear", null, null)], At("2026-02-20T00:00:00Z"))));
        Assert.Equal([10m, 10m, 40m], february.Plans.Select(p => p.Total!.Value).Prepend(february.Total));
    }

    [Fact]
    public async Task What_expires_or_is_not_carried_over_is_breakage()
    {
        await using var cluster = await Prepared();
        Ok(await Grant(cluster, new("brief", "data", 50m, null, CreditKind.Promotional, 100, 1, null, null)));
        Ok(await Grant(cluster, new("half", "data", 50m, null, CreditKind.Paid, 100, null, 20m, null)));
        // 10 of the one that ends first.
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 110m);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        await Use(cluster, "feb", "2026-02-15T00:00:00Z", 125m);
        Assert.Equal(5.00m, (await cluster.BillAsync("t", "c")).Total);
        var packs = (await Subscription(cluster).Packs())!;
        Assert.Equal(["expired", "used"], packs.Select(p => p.Status));
        Assert.Equal(
            ["grant 2026-01-10T00:00:00Z: pack:brief 50, promotional -50", "use 2026-02-01T00:00:00Z: pack:brief -10, usage 10",
                "expiry 2026-02-01T00:00:00Z: pack:brief -40, breakage 40"],
            Journal(packs[0]));
        Assert.Equal(
            ["grant 2026-01-10T00:00:00Z: pack:half 50, sold -50", "expiry 2026-02-01T00:00:00Z: pack:half -30, breakage 30"],
            Journal(packs[1]));
        await cluster.AdvanceAsync("t", "2026-03-01T01:00:00Z");
        await Agrees(cluster);
    }

    [Fact]
    public async Task The_order_is_priority_then_expiry_then_promotional_then_age()
    {
        await using var cluster = await Prepared();
        Ok(await Grant(cluster, new("paid", "data", 5m, null, CreditKind.Paid, 100, null, null, null)));
        Ok(await Grant(cluster, new("gift", "data", 5m, null, CreditKind.Promotional, 100, null, null, null)));
        Ok(await Grant(cluster, new("soon", "data", 5m, null, CreditKind.Paid, 100, 2, null, null)));
        Ok(await Grant(cluster, new("first", "data", 5m, null, CreditKind.Paid, 50, null, null, null)));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 117m);
        Assert.Equal([("paid", 3m), ("gift", 0m), ("soon", 0m), ("first", 0m)], (await Subscription(cluster).Packs())!.Select(p => (p.Id, p.Left)));
    }

    /// <summary>January used 20 of the pack, February the other 30: what comes late for January is not covered twice.</summary>
    [Fact]
    public async Task Late_usage_takes_nothing_that_went_into_later_periods()
    {
        await using var cluster = await Prepared();
        Ok(await Grant(cluster, new("top", "data", 50m, null, CreditKind.Paid, 100, null, null, null)));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 120m);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        await Use(cluster, "feb", "2026-02-10T00:00:00Z", 130m);
        await Use(cluster, "late", "2026-01-20T00:00:00Z", 7m);
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal([("usage", 0.00m), ("lateUsage", 7.00m)], bill.Lines.Select(l => (l.Kind, l.Amount.ToDecimal())));
        Assert.Equal("30 - 30 = 0 used", await Balance(cluster));
        await cluster.AdvanceAsync("t", "2026-03-01T01:00:00Z");
        await Agrees(cluster);
    }

    /// <summary>A change of plan on 20 January: what the first part took, the second has no more; the new plan has 10 free.</summary>
    [Fact]
    public async Task A_pack_comes_along_into_a_plan_that_prices_the_same_charge_in_the_same_unit()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """
            {"id":"q","currency":"EUR","charges":[{"id":"data","meter":"m","unitPrice":"2","freeQuantity":"10"}]}
            """);
        Ok(await Grant(cluster, new("top", "data", 50m, null, CreditKind.Paid, 100, null, null, null)));
        await Use(cluster, "a", "2026-01-15T00:00:00Z", 130m);
        Ok(await Subscription(cluster).Change(new("up", "q", null, ChangeWhen.At, At("2026-01-20T00:00:00Z"))));
        await Use(cluster, "b", "2026-01-25T00:00:00Z", 40m);
        // 30 of 50 before the change; then 10 free, 20 of the pack and 10 at 2.00.
        Assert.Equal([0m, 20m], (await cluster.BillAsync("t", "c")).Lines.Select(l => l.Amount.ToDecimal()));
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        await Agrees(cluster);
    }

    [Fact]
    public async Task Reservations_end_where_what_is_included_and_packs_end()
    {
        await using var cluster = await Prepared();
        Ok(await Grant(cluster, new("top", "data", 50m, null, CreditKind.Paid, 100, null, null, null)));
        await Use(cluster, "jan", "2026-01-15T00:00:00Z", 120m);
        await cluster.BillAsync("t", "c");
        var a = Ok(await cluster.Device("t", "d").Reserve(new("a", "m", 80m, null, null, null, ReservationSpec.DefaultLease)));
        Assert.Equal((30m, "data"), (a.Granted, a.LimitedBy));
        Ok(await Grant(cluster, new("more", "data", 5m, null, CreditKind.Paid, 100, null, null, null)));
        Assert.Equal(5m, Ok(await cluster.Device("t", "d").Reserve(new("b", "m", 80m, null, null, null, 300))).Granted);
    }

    [Fact]
    public async Task Money_is_kept_only_for_what_packs_do_not_cover()
    {
        await using var cluster = await Prepared("""
            {"id":"p","currency":"EUR","charges":[{"id":"data","meter":"m","unitPrice":"1"}]}
            """);
        Ok(await cluster.Customer("t", "c").OpenWallet(new("w", null, 100, null, 0m, OnEmpty: WhenEmpty.Block)));
        Ok(await cluster.Customer("t", "c").Grant("w", new("g", CreditKind.Paid, 3m, null, null, null)));
        Ok(await Grant(cluster, new("top", "data", 50m, null, CreditKind.Paid, 100, null, null, null)));
        Assert.Equal(53m, Ok(await cluster.Device("t", "d").Reserve(new("a", "m", 80m, null, null, null, 300))).Granted);
    }

    [Fact]
    public async Task Packs_that_make_no_sense_are_refused_with_all_that_is_wrong()
    {
        await using var cluster = await Prepared();
        var good = new PackSpec("x", "data", 1.5m, "GB", CreditKind.Paid, 100, null, null, null);
        Assert.Equal(1_500m, Ok(await Grant(cluster, good)).Quantity);
        Assert.Equal(CommandOutcome.Unchanged, (await Grant(cluster, good with { Quantity = 1_500m, Unit = "MB" })).Outcome);
        Refused(await Grant(cluster, good with { Quantity = 2m }), "pack.exists");
        Refused(await Grant(cluster, good with { Id = "y", Charge = "none" }), "pack.charge");
        Refused(await Grant(cluster, good with { Id = "y", Charge = "matrix" }), "pack.charge");
        Refused(
            await Grant(cluster, good with { Id = "y", Quantity = 0m, CarryOver = -1m, Priority = 0, Periods = 0 }),
            "pack.quantity", "pack.quantity", "pack.priority", "pack.periods");
        Refused(await Grant(cluster, good with { Id = "y", Unit = "kWh" }), "usage.unit_mismatch");
        Assert.Null(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "none")).Packs());
    }

    private static async Task<BillingCluster> Prepared(string plan = Plan)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-10T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "MB");
        await cluster.DefineMeterAsync("t", "n", "1");
        await cluster.PublishAsync("t", plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        return cluster;
    }

    private static ISubscriptionGrain Subscription(BillingCluster cluster) => cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"));

    private static Task<CommandResult<PackView>> Grant(BillingCluster cluster, PackSpec spec) => Subscription(cluster).GrantPack(spec);

    /// <summary>Moves the clock to the usage, where it is behind, and sends it.</summary>
    private static async Task Use(BillingCluster cluster, string id, string time, decimal units)
    {
        if (At(time) > (await cluster.BillAsync("t", "c")).AsOf)
        {
            await cluster.AdvanceAsync("t", time);
        }
        Assert.Contains((await cluster.SendAsync("t", Event(id, "d", "m", time, units))).Code, new[] { null, "usage.late" });
    }

    private static async Task<string> Balance(BillingCluster cluster)
    {
        var p = Assert.Single((await Subscription(cluster).Packs())!);
        return $"{p.Current} - {p.Accrued} = {p.Left} {p.Status}";
    }

    private static string[] Journal(PackView pack) => [.. pack.Journal.Select(e =>
        $"{e.Kind} {e.At}: {string.Join(", ", e.Postings.Select(p => $"{p.Account} {p.Quantity}"))}")];

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static void Refused(CommandResult<PackView> result, params string[] codes) =>
        Assert.Equal(codes, result.Errors.Select(e => e.Code));
}
