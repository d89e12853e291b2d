using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Core.Balances;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Reservations;

/// <summary>ADR 0026: the customer pays in advance, reservations of all its subscriptions end where the money ends.</summary>
public sealed class PrepaidTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"data","meter":"data","unitPrice":"0.30"},
          {"id":"sms","meter":"sms","timeOfUse":{"windows":[
            {"name":"day","from":"08:00","to":"20:00","unitPrice":"0.5"}],"otherwise":{"unitPrice":"0.1"}}}]}
        """;

    /// <summary>10.00 pay for 33.333… MB at 0.30; each step by hand.</summary>
    [Fact]
    public async Task What_is_granted_is_what_the_money_pays_for()
    {
        await using var cluster = await Prepared(10m);
        Assert.Equal("w 10.00 - 0.00 - 0.00 = 10.00", await Balance(cluster));

        var a = Ok(await Reserve(cluster, "d1", "a", 20m));
        Assert.Equal((20m, null, null), (a.Granted, a.LimitedBy, a.Limit));
        Assert.Equal("w 10.00 - 0.00 - 6.00 = 4.00", await Balance(cluster));
        var b = Ok(await Reserve(cluster, "d2", "b", 20m));
        Assert.Equal((13.333333333333m, "data", "balance"), (b.Granted, b.LimitedBy, b.Limit));
        var refused = await Reserve(cluster, "d3", "c", 1m);
        Assert.Equal((CommandOutcome.Conflict, "reservation.balance_exhausted"), (refused.Outcome, refused.Errors.Single().Code));

        // 5 MB are used, 15 given back: 4.50 are free again.
        Ok(await Report(cluster, "d1", "a", new(1, 5m, null, null, null, true)));
        Assert.Equal("w 10.00 - 1.50 - 4.00 = 4.50", await Balance(cluster));
        Assert.Equal(15m, Ok(await Reserve(cluster, "d3", "c", 80m)).Granted);
        Assert.Equal("reservation.balance_exhausted", (await Reserve(cluster, "d1", "d", 1m)).Errors.Single().Code);
        Assert.Equal("w 10.00 - 1.50 - 8.50 = 0.00", await Balance(cluster));

        // More money, more quota.
        Ok(await cluster.Customer("t", "c").Grant("w", new("more", CreditKind.Paid, 3m, null, null, null)));
        Assert.Equal(10m, Ok(await Reserve(cluster, "d1", "e", 80m)).Granted);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_minimum_that_the_money_does_not_reach_is_refused_and_keeps_nothing()
    {
        await using var cluster = await Prepared(3m);
        var refused = await cluster.Device("t", "d1").Reserve(new("a", "data", 20m, 10.5m, null, null, 300));
        Assert.Equal("reservation.balance_exhausted", refused.Errors.Single().Code);
        Assert.Equal("w 3.00 - 0.00 - 0.00 = 3.00", await Balance(cluster));
        Assert.Equal(10m, Ok(await cluster.Device("t", "d1").Reserve(new("a", "data", 20m, 10m, null, null, 300))).Granted);
    }

    /// <summary>Credit may be used too; and unreserved usage is a fact that leaves less.</summary>
    [Fact]
    public async Task A_credit_limit_counts_and_usage_that_nobody_reserved_leaves_less()
    {
        await using var cluster = await Prepared(2m, creditLimit: 1m);
        await cluster.SendAsync("t", Event("e", "d1", "data", "2026-06-10T11:00:00Z", 5m));
        await cluster.BillAsync("t", "c");
        Assert.Equal(5m, Ok(await Reserve(cluster, "d2", "a", 80m)).Granted);
        await cluster.SendAsync("t", Event("f", "d1", "data", "2026-06-10T11:00:00Z", 100m));
        await cluster.BillAsync("t", "c");
        // What was granted stays granted.
        Ok(await Report(cluster, "d2", "a", new(1, 5m, null, null, null, true)));
        Assert.Equal("reservation.balance_exhausted", (await Reserve(cluster, "d3", "b", 1m)).Errors.Single().Code);
        // A hundredth of a megabyte is 0.003 and rounds to nothing; twice that and it is a cent, for which there is no money.
        Assert.Equal(0.01m, Ok(await Reserve(cluster, "d3", "c", 0.01m)).Granted);
        var refused = await cluster.Device("t", "d3").Reserve(new("d", "data", 0.01m, 0.01m, null, null, 300));
        Assert.Equal("reservation.balance_exhausted", refused.Errors.Single().Code);
    }

    [Fact]
    public async Task A_new_grant_after_a_report_has_to_be_paid_for_as_well_and_a_repeat_answers_the_same()
    {
        await using var cluster = await Prepared(3m);
        Ok(await Reserve(cluster, "d1", "a", 6m));
        var report = new ReservationUse(1, 2m, null, null, new(30m, 300), false);
        var renewed = Ok(await Report(cluster, "d1", "a", report));
        Assert.Equal((8m, 2m, "data", "balance"), (renewed.Granted, renewed.Used, renewed.LimitedBy, renewed.Limit));
        var again = await Report(cluster, "d1", "a", report);
        Assert.Equal((CommandOutcome.Unchanged, renewed), (again.Outcome, again.Value));
        Assert.Equal("w 3.00 - 0.60 - 2.40 = 0.00", await Balance(cluster));
        var nothing = Ok(await Report(cluster, "d1", "a", new(2, 8m, null, null, new(1m, 300), false)));
        Assert.Equal((0m, "balance", "open"), (nothing.Granted, nothing.Limit, nothing.Status));
        Assert.Equal("w 3.00 - 3.00 - 0.00 = 0.00", await Balance(cluster));
    }

    /// <summary>Two subscriptions share one wallet; each may be on another partition.</summary>
    [Fact]
    public async Task All_subscriptions_of_a_customer_share_its_money_also_those_that_come_later()
    {
        await using var cluster = await Prepared(10m);
        await cluster.SubscribeAsync("t", "c", "s2", "p", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "e1", "s2");
        Assert.Equal(30m, Ok(await Reserve(cluster, "d1", "a", 30m)).Granted);
        Assert.Equal(3.333333333333m, Ok(await Reserve(cluster, "e1", "b", 30m)).Granted);
        Ok(await Report(cluster, "d1", "a", new(1, 0m, null, null, null, true)));
        Assert.Equal(30m, Ok(await Reserve(cluster, "e1", "c", 60m)).Granted);
        Assert.Equal("reservation.balance_exhausted", (await Reserve(cluster, "d1", "d", 1m)).Errors.Single().Code);
    }

    /// <summary>Only texts of the day are 0.50; the lease ends with the price.</summary>
    [Fact]
    public async Task Money_pays_at_the_price_of_the_hour_and_the_lease_ends_with_it()
    {
        await using var cluster = await Prepared(10m);
        var a = Ok(await cluster.Device("t", "d1").Reserve(new("a", "sms", 500m, null, null, null, ReservationSpec.MaxLease)));
        Assert.Equal((20m, At("2026-06-10T20:00:00Z")), (a.Granted, a.ExpiresAt));
        Assert.Equal("reservation.balance_exhausted", (await Reserve(cluster, "d2", "b", 1m)).Errors.Single().Code);
    }

    [Fact]
    public async Task Money_with_a_scope_pays_for_its_charges_only()
    {
        await using var cluster = await Prepared(1m);
        Ok(await cluster.Customer("t", "c").Grant(
            "w", new("gift", CreditKind.Promotional, 3m, null, null, null, new(["data"], null, null))));
        // 4.00 for data; texts have 1.00, of which 0.30 are needed for data beyond the gift.
        Assert.Equal(11m, Ok(await Reserve(cluster, "d1", "a", 11m)).Granted);
        Assert.Equal(1.4m, Ok(await cluster.Device("t", "d2").Reserve(new("b", "sms", 80m, null, null, null, 300))).Granted);
        Assert.Equal("w 4.00 - 0.00 - 4.00 = 0.00", await Balance(cluster));
    }

    /// <summary>What percentage prices come to is not known before each event is.</summary>
    [Fact]
    public async Task A_price_that_is_not_known_before_cannot_be_reserved_in_advance()
    {
        await using var cluster = await Prepared(10m);
        await cluster.DefineMeterAsync("t", "pay", "EUR");
        await cluster.PublishAsync("t", """
            {"id":"q","currency":"EUR","charges":[{"id":"fee","meter":"pay","model":"percentage","ratePercent":"1"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s3", "q", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "f1", "s3");
        var refused = await cluster.Device("t", "f1").Reserve(new("a", "pay", 1m, null, null, null, 300));
        Assert.Equal("reservation.price_unknown", refused.Errors.Single().Code);
    }

    /// <summary>The plan's maximum of 5.00 caps the bill: beyond it, usage costs nothing; below its minimum of 2.00 neither.</summary>
    [Fact]
    public async Task The_bounds_of_the_whole_bill_are_counted_on()
    {
        await using var cluster = await Prepared(0m);
        await cluster.PublishAsync("t", """
            {"id":"q","currency":"EUR","minimum":{"amount":"2"},"maximum":{"amount":"5"},"charges":[{"id":"data","meter":"data","unitPrice":"0.30"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s3", "q", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "f1", "s3");
        Ok(await cluster.Customer("t", "c").Grant("w", new("two", CreditKind.Paid, 2m, null, null, null)));
        // 2.00 are due anyway; they are 6.666… MB.
        Assert.Equal(6.666666666666m, Ok(await Reserve(cluster, "f1", "a", 80m)).Granted);
        Ok(await Report(cluster, "f1", "a", new(1, 0m, null, null, null, true)));
        Ok(await cluster.Customer("t", "c").Grant("w", new("three", CreditKind.Paid, 3m, null, null, null)));
        Assert.Equal(1_000m, Ok(await Reserve(cluster, "f1", "b", 1_000m)).Granted);
        Assert.Equal("w 5.00 - 2.00 - 3.00 = 0.00", await Balance(cluster));
    }

    [Fact]
    public async Task A_restart_keeps_what_is_reserved_and_who_pays_in_advance()
    {
        await using var cluster = await Prepared(10m);
        Ok(await Reserve(cluster, "d1", "a", 20m));
        foreach (var snapshot in new long[] { 1, long.MaxValue })
        {
            await cluster.RestartAsync(snapshot);
            Assert.Equal("w 10.00 - 0.00 - 6.00 = 4.00", await Balance(cluster));
            Assert.Equal(13.333333333333m, Ok(await Reserve(cluster, "d2", $"b{snapshot}", 80m)).Granted);
            Ok(await Report(cluster, "d2", $"b{snapshot}", new(1, 0m, null, null, null, true)));
        }
    }

    /// <summary>Devices of three subscriptions in all partitions race for 30.00, report parts, renew and come again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reservations_that_race_never_overdraw_the_wallet_by_a_minor_unit(int silos)
    {
        await using var cluster = await Prepared(30m, silos: silos);
        var used = await ReservationRace.RunAsync(cluster, "p", 29.90m, "reservation.balance_exhausted");

        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(used, bill.Lines.Sum(l => l.Quantity));
        Assert.InRange(bill.Total, 29.90m, 30.00m);
        Assert.Equal(0m, bill.AmountDue);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    private static Task<CommandResult<ReservationView>> Reserve(BillingCluster cluster, string device, string id, decimal quantity) =>
        cluster.Device("t", device).Reserve(new(id, "data", quantity, null, null, null, ReservationSpec.DefaultLease));

    private static Task<CommandResult<ReservationView>> Report(BillingCluster cluster, string device, string id, ReservationUse use) =>
        cluster.Device("t", device).ReportReserved(id, use);

    private static async Task<string> Balance(BillingCluster cluster)
    {
        var w = Assert.Single((await cluster.BillAsync("t", "c")).Wallets!);
        return $"{w.Wallet} {w.Current} - {w.Accrued} - {w.Reserved} = {w.Available}";
    }

    private static async Task<BillingCluster> Prepared(decimal money, decimal creditLimit = 0m, int silos = 1)
    {
        var cluster = await StartAsync(silos: silos);
        await cluster.CreateTenantAsync("t", "2026-06-10T12:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.DefineMeterAsync("t", "sms", "messages");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z");
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        Ok(await cluster.Customer("t", "c").OpenWallet(new("w", null, 100, null, creditLimit, OnEmpty: WhenEmpty.Block)));
        if (money > 0m)
        {
            Ok(await cluster.Customer("t", "c").Grant("w", new("g", CreditKind.Paid, money, null, null, null)));
        }
        return cluster;
    }
}
