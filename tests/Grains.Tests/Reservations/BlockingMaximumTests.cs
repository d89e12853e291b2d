using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Reservations;

/// <summary>ADR 0026: reservations end at the maximum of a plan, or of an agreement over all subscriptions, that says so.</summary>
public sealed class BlockingMaximumTests
{
    private const string Capped = """
        {"id":"p","currency":"EUR","maximum":{"amount":"20","block":true},"charges":[
          {"id":"fee","kind":"recurring","amount":"5"},
          {"id":"data","meter":"data","unitPrice":"0.10"}]}
        """;

    private const string Plain = """{"id":"p","currency":"EUR","charges":[{"id":"data","meter":"data","unitPrice":"0.30"}]}""";

    /// <summary>5.00 of fees leave 15.00, which are 150 MB; each step by hand.</summary>
    [Fact]
    public async Task Devices_of_a_plan_reserve_up_to_its_maximum_fees_included()
    {
        await using var cluster = await Prepared(Capped);
        Assert.Equal((100m, null, null), Grant(await Reserve(cluster, "d1", "a", 100m)));
        Assert.Equal((50m, "data", "plan"), Grant(await Reserve(cluster, "d2", "b", 100m)));
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d3", "c", 1m)).Errors.Single().Code);

        // 40 MB are used and 60 given back; 10 that nobody reserved leave less.
        Ok(await Report(cluster, "d1", "a", new(1, 40m, null, null, null, true)));
        await cluster.SendAsync("t", Event("e", "d3", "data", "2026-06-10T11:00:00Z", 10m));
        await cluster.BillAsync("t", "c");
        Assert.Equal((50m, "data", "plan"), Grant(await Reserve(cluster, "d3", "d", 80m)));
        Ok(await Report(cluster, "d3", "d", new(1, 50m, null, null, null, true)));
        Ok(await Report(cluster, "d2", "b", new(1, 50m, null, null, null, true)));
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal((20m, 2), (bill.Total, bill.Lines.Length));
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d1", "e", 1m)).Errors.Single().Code);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_maximum_that_does_not_block_makes_what_is_beyond_it_free()
    {
        await using var cluster = await Prepared(Capped.Replace(",\"block\":true", "", StringComparison.Ordinal));
        Assert.Equal((1_000m, null, null), Grant(await Reserve(cluster, "d1", "a", 1_000m)));
    }

    /// <summary>Each MB counts in both charges, 0.10 and 0.20: 15.00 are 50 MB.</summary>
    [Fact]
    public async Task Where_one_use_counts_in_several_charges_the_maximum_is_for_both_together()
    {
        await using var cluster = await Prepared("""
            {"id":"p","currency":"EUR","maximum":{"amount":"15","block":true},"charges":[
              {"id":"data","meter":"data","unitPrice":"0.10"},{"id":"more","meter":"data","unitPrice":"0.20"}]}
            """);
        Assert.Equal(50m, Ok(await Reserve(cluster, "d1", "a", 80m)).Granted);
        Ok(await Report(cluster, "d1", "a", new(1, 50m, null, null, null, true)));
        Assert.Equal(15m, (await cluster.BillAsync("t", "c")).Total);
    }

    /// <summary>10.00 of packages of 50 MB at 4.00: two, and of what is begun the rest costs nothing more.</summary>
    [Fact]
    public async Task What_is_begun_of_a_package_can_be_reserved_after_the_maximum_is_reached()
    {
        await using var cluster = await Prepared("""
            {"id":"p","currency":"EUR","maximum":{"amount":"10","block":true},"charges":[
              {"id":"data","meter":"data","model":"package","packageSize":"50","packagePrice":"4"}]}
            """);
        Assert.Equal(60m, Ok(await Reserve(cluster, "d1", "a", 60m)).Granted);
        Assert.Equal((40m, "data", "plan"), Grant(await Reserve(cluster, "d2", "b", 60m)));
    }

    [Fact]
    public async Task A_new_grant_after_a_report_ends_at_the_maximum_as_well()
    {
        await using var cluster = await Prepared(Capped);
        Ok(await Reserve(cluster, "d1", "a", 100m));
        var renewed = Ok(await Report(cluster, "d1", "a", new(1, 100m, null, null, new(80m, 300), false)));
        Assert.Equal((50m, "data", "plan"), (renewed.Granted, renewed.LimitedBy, renewed.Limit));
    }

    [Fact]
    public async Task A_price_that_is_not_known_before_cannot_be_reserved_under_a_maximum_that_blocks()
    {
        await using var cluster = await Prepared("""
            {"id":"p","currency":"EUR","maximum":{"amount":"10","block":true},"charges":[
              {"id":"fee","meter":"data","model":"percentage","ratePercent":"1"}]}
            """, unit: "EUR");
        Assert.Equal("reservation.price_unknown", (await Reserve(cluster, "d1", "a", 1m)).Errors.Single().Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reservations_that_race_never_exceed_the_maximum_of_the_plan(int silos)
    {
        await using var cluster = await Prepared(Capped, silos);
        for (var i = 1; i <= 12; i++)
        {
            await cluster.RegisterAsync("t", $"r{i}", "s");
        }
        var used = await Task.WhenAll(Enumerable.Range(1, 12)
            .Select(i => ReservationRace.UseAsync(cluster, $"r{i}", new Random(i), 19.95m, "reservation.limit_reached")));

        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(used.Sum(), bill.Lines.Single(l => l.ChargeId == "data").Quantity);
        Assert.InRange(bill.Total, 19.95m, 20.00m);
        Assert.DoesNotContain(bill.Lines, l => l.Kind == CommitmentDefinition.MaximumId);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    /// <summary>30.00 over all subscriptions at 0.30 a MB: 100 MB.</summary>
    [Fact]
    public async Task Devices_of_all_subscriptions_reserve_up_to_the_agreed_maximum_also_of_later_ones()
    {
        await using var cluster = await Prepared(Plain);
        Ok(await Agree(cluster, 30m, "2026-06-01T00:00:00Z"));
        await cluster.SubscribeAsync("t", "c", "s2", "p", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "e1", "s2");
        Assert.Equal((60m, null, null), Grant(await Reserve(cluster, "d1", "a", 60m)));
        Assert.Equal((40m, "data", "customer"), Grant(await Reserve(cluster, "e1", "b", 60m)));
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d2", "c", 1m)).Errors.Single().Code);
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d2", "c", 1m)).Errors.Single().Code);
        Ok(await Report(cluster, "d1", "a", new(1, 60m, null, null, null, true)));
        Ok(await Report(cluster, "e1", "b", new(1, 20m, null, null, null, true)));
        Assert.Equal((20m, "data", "customer"), Grant(await Reserve(cluster, "d2", "c", 90m)));
        Assert.Equal(24m, (await cluster.BillAsync("t", "c")).Total);
    }

    [Fact]
    public async Task An_agreement_blocks_in_its_own_time_only()
    {
        await using var cluster = await Prepared(Plain);
        Ok(await Agree(cluster, 3m, "2026-07-01T00:00:00Z"));
        Assert.Equal((1_000m, null, null), Grant(await Reserve(cluster, "d1", "a", 1_000m)));
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        Assert.Equal((10m, "data", "customer"), Grant(await Reserve(cluster, "d1", "b", 1_000m)));
        Ok(await cluster.Customer("t", "c").EndAgreement("cap", At("2026-08-01T00:00:00Z")));
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        Assert.Equal((1_000m, null, null), Grant(await Reserve(cluster, "d1", "c", 1_000m)));
    }

    /// <summary>20.00 of usage in May that comes in June are billed in June, and count for May, before the agreement.</summary>
    [Fact]
    public async Task Late_usage_counts_against_the_agreement_of_its_own_period()
    {
        await using var cluster = await Prepared(Plain, start: "2026-05-01T00:00:00Z");
        Ok(await Agree(cluster, 30m, "2026-06-01T00:00:00Z"));
        await cluster.SendAsync("t", Event("late", "d1", "data", "2026-05-20T00:00:00Z", 200m));
        Assert.Equal(60m, (await cluster.BillAsync("t", "c")).Total);
        Assert.Equal((100m, "data", "customer"), Grant(await Reserve(cluster, "d2", "a", 150m)));
    }

    [Fact]
    public async Task When_the_agreement_is_over_prices_that_are_not_known_before_can_be_reserved_again()
    {
        await using var cluster = await Prepared("""
            {"id":"p","currency":"EUR","charges":[{"id":"fee","meter":"data","model":"percentage","ratePercent":"1"}]}
            """, unit: "EUR");
        Ok(await Agree(cluster, 30m, "2026-06-01T00:00:00Z"));
        Assert.Equal("reservation.price_unknown", (await Reserve(cluster, "d1", "a", 1m)).Errors.Single().Code);
        Ok(await cluster.Customer("t", "c").EndAgreement("cap", At("2026-06-11T00:00:00Z")));
        await cluster.AdvanceAsync("t", "2026-06-12T00:00:00Z");
        Assert.Equal((1m, null, null), Grant(await Reserve(cluster, "d1", "a", 1m)));
    }

    /// <summary>The wallet has 6.00 and the agreement leaves 3.00; then 9.00 and 3.00 the other way round.</summary>
    [Fact]
    public async Task Of_a_wallet_and_an_agreement_the_tighter_one_decides()
    {
        await using var cluster = await Prepared(Plain);
        var customer = cluster.Customer("t", "c");
        Ok(await customer.OpenWallet(new("w", null, 100, null, 0m, OnEmpty: Core.Balances.WhenEmpty.Block)));
        Ok(await customer.Grant("w", new("g", Core.Balances.CreditKind.Paid, 6m, null, null, null)));
        Ok(await Agree(cluster, 3m, "2026-06-01T00:00:00Z"));
        Assert.Equal((10m, "data", "customer"), Grant(await Reserve(cluster, "d1", "a", 50m)));
        Ok(await Report(cluster, "d1", "a", new(1, 0m, null, null, null, true)));
        Ok(await customer.EndAgreement("cap", At("2026-06-11T00:00:00Z")));
        await cluster.AdvanceAsync("t", "2026-06-12T00:00:00Z");
        Assert.Equal((20m, "data", "balance"), Grant(await Reserve(cluster, "d1", "b", 50m)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reservations_that_race_never_exceed_the_agreed_maximum(int silos)
    {
        await using var cluster = await Prepared(Plain, silos);
        Ok(await Agree(cluster, 30m, "2026-06-01T00:00:00Z"));
        var used = await ReservationRace.RunAsync(cluster, "p", 29.90m, "reservation.limit_reached");

        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(used, bill.Lines.Sum(l => l.Quantity));
        Assert.InRange(bill.Total, 29.90m, 30.00m);
        Assert.DoesNotContain(bill.Lines, l => l.Kind == CommitmentDefinition.MaximumId);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_minimum_cannot_block()
    {
        await using var cluster = await Prepared(Plain);
        var refused = await cluster.Customer("t", "c").Agree(new(
            "cap", new(1m, "Least", true) { Block = true }, null, null, null, null, null, BillingCycle.Monthly));
        Assert.Equal(("agreement.minimum_block", "/minimum/block"), (refused.Errors.Single().Code, refused.Errors.Single().Pointer));
    }

    private static Task<CommandResult<AgreementView>> Agree(BillingCluster cluster, decimal maximum, string from) =>
        cluster.Customer("t", "c").Agree(new(
            "cap", null, new(maximum, "Most", false) { Block = true }, At(from), null, null, null, BillingCycle.Monthly));

    private static (decimal Granted, string? By, string? Limit) Grant(CommandResult<ReservationView> result)
    {
        var view = Ok(result);
        return (view.Granted, view.LimitedBy, view.Limit);
    }

    private static Task<CommandResult<ReservationView>> Reserve(BillingCluster cluster, string device, string id, decimal quantity) =>
        cluster.Device("t", device).Reserve(new(id, "data", quantity, null, null, null, ReservationSpec.DefaultLease));

    private static Task<CommandResult<ReservationView>> Report(BillingCluster cluster, string device, string id, ReservationUse use) =>
        cluster.Device("t", device).ReportReserved(id, use);

    private static async Task<BillingCluster> Prepared(string plan, int silos = 1, string start = "2026-06-01T00:00:00Z", string unit = "MB")
    {
        var cluster = await StartAsync(silos: silos);
        await cluster.CreateTenantAsync("t", "2026-06-10T12:00:00Z");
        await cluster.DefineMeterAsync("t", "data", unit);
        await cluster.PublishAsync("t", plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", start);
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        return cluster;
    }
}
