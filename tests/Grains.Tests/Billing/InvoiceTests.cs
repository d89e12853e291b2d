using NodaTime;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

public sealed class InvoiceTests
{
    // semantics.md section 1: tiers (0,100] at 1.00 + flat 10, above at 0.50 + flat 5: 100 -> 110.00, 101 -> 115.50,
    // 150 -> 140.00.
    private const string Graduated = """
        {"id":"p","name":"Tiered","currency":"EUR","charges":[
          {"id":"use","name":"Use","meter":"m","model":"graduated","tiers":[
            {"upTo":"100","unitPrice":"1.00","flatFee":"10"},{"upTo":null,"unitPrice":"0.50","flatFee":"5"}]}]}
        """;

    [Fact]
    public async Task A_year_passes_and_late_usage_is_an_adjustment_on_the_next_invoice()
    {
        await using var cluster = await Prepared("2026-01-01T00:00:00Z");
        for (var month = 1; month <= 12; month++)
        {
            var day = $"2026-{month:D2}-15T12:00:00Z";
            await cluster.AdvanceAsync("t", day);
            var sent = await cluster.SendAsync("t", Event($"m{month}", "d1", "m", day, 100m));
            Assert.Equal(UsageStatus.Accepted, sent.Status);
            if (month == 7)
            {
                var late = await cluster.SendAsync("t", Event("late", "d2", "m", "2026-06-30T23:59:59Z", 50m));
                Assert.Equal((UsageStatus.Late, "usage.late"), (late.Status, late.Code));
            }
        }
        await cluster.AdvanceAsync("t", "2027-01-02T00:00:00Z");

        var invoices = (await cluster.Customer("t", "c").Invoices(null, 100)).Items;
        Assert.Equal(12, invoices.Length);
        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(n => $"INV-{n:D6}"), invoices.Select(i => i.Id));
        var july = invoices.Single(i => i.PeriodEnd == At("2026-08-01T00:00:00Z"));
        Assert.Equal(["usage", "lateUsage"], july.Lines.Select(l => l.Kind));
        Assert.Equal(30.00m, july.Lines[1].Amount.ToDecimal());
        Assert.Equal(At("2026-06-01T00:00:00Z"), july.Lines[1].PeriodStart);
        Assert.Equal(140.00m, july.Total);
        Assert.All(invoices.Except([july]), i => Assert.Equal(110.00m, i.Total));

        var behind = await cluster.Customer("t", "c").LineEvents(july.Id, 2, null, 10);
        Assert.Equal("late", Assert.Single(behind!.Items).Id);
        Assert.Equal("m7", Assert.Single((await cluster.Customer("t", "c").LineEvents(july.Id, 1, null, 10))!.Items).Id);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        Assert.Equal((13, 12), (audit.EventsRead, audit.InvoicesChecked));
    }

    [Fact]
    public async Task A_jump_over_a_year_closes_every_period_in_order_and_repeating_it_changes_nothing()
    {
        await using var cluster = await Prepared("2026-01-20T00:00:00Z");
        await cluster.SendAsync("t", Event("e", "d1", "m", "2026-01-19T00:00:00Z", 101m));
        await cluster.AdvanceAsync("t", "2027-02-01T01:00:00Z");
        await cluster.AdvanceAsync("t", "2027-02-01T01:00:00Z");
        var only = Assert.Single((await cluster.Customer("t", "c").Invoices(null, 100)).Items);
        Assert.Equal((115.50m, At("2026-02-01T00:00:00Z"), At("2026-02-01T01:00:00Z")), (only.Total, only.PeriodEnd, only.IssuedAt));
        Assert.Equal(0m, (await cluster.BillAsync("t", "c")).Total);
    }

    [Fact]
    public async Task A_period_stays_open_until_the_grace_is_over()
    {
        await using var cluster = await Prepared("2026-01-20T00:00:00Z");
        await cluster.AdvanceAsync("t", "2026-02-01T00:59:59Z");
        var sent = await cluster.SendAsync("t", Event("e", "d1", "m", "2026-01-31T23:59:59Z", 100m));
        Assert.Equal(UsageStatus.Accepted, sent.Status);
        Assert.Empty((await cluster.Customer("t", "c").Invoices(null, 100)).Items);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        Assert.Equal(110m, Assert.Single((await cluster.Customer("t", "c").Invoices(null, 100)).Items).Total);
        Assert.Equal(
            UsageStatus.Late, (await cluster.SendAsync("t", Event("f", "d1", "m", "2026-01-31T23:59:59Z", 1m))).Status);
    }

    [Fact]
    public async Task Subscriptions_of_one_customer_share_an_invoice_and_numbers_of_a_tenant_have_no_gap()
    {
        await using var cluster = await Prepared("2026-01-31T00:00:00Z");
        for (var c = 0; c < 20; c++)
        {
            await cluster.SubscribeAsync("t", $"c{c}", $"a{c}", "p", "2026-01-01T00:00:00Z");
            await cluster.SubscribeAsync("t", $"c{c}", $"b{c}", "p", "2026-01-01T00:00:00Z");
            await cluster.RegisterAsync("t", $"da{c}", $"a{c}");
            await cluster.RegisterAsync("t", $"db{c}", $"b{c}");
        }
        await cluster.SendAsync("t", [.. Enumerable.Range(0, 20).SelectMany(c => new[]
        {
            Event("x", $"da{c}", "m", "2026-01-20T00:00:00Z", 100m), Event("x", $"db{c}", "m", "2026-01-20T00:00:00Z", 101m),
        })]);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var invoices = new List<Contracts.Invoicing.InvoiceView>();
        for (var c = 0; c < 20; c++)
        {
            invoices.Add(Assert.Single((await cluster.Customer("t", $"c{c}").Invoices(null, 100)).Items));
        }
        Assert.All(invoices, i => Assert.Equal((2, 225.50m), (i.Lines.Length, i.Total)));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"INV-{n:D6}"), invoices.Select(i => i.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Restarts_between_the_steps_change_no_invoice()
    {
        await using var cluster = await Prepared("2026-01-20T00:00:00Z");
        await cluster.SendAsync("t", Event("e1", "d1", "m", "2026-01-19T00:00:00Z", 100m));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-02-05T00:00:00Z");
        var first = Assert.Single((await cluster.Customer("t", "c").Invoices(null, 100)).Items);
        await cluster.RestartAsync();
        await cluster.SendAsync("t", Event("e2", "d1", "m", "2026-01-19T00:00:00Z", 1m));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-03-05T00:00:00Z");
        var invoices = (await cluster.Customer("t", "c").Invoices(null, 100)).Items;
        Assert.Equal([5.50m, 110.00m], invoices.Select(i => i.Total));
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(first, Contracts.Serialization.BillingJson.Options),
            System.Text.Json.JsonSerializer.Serialize(invoices[1], Contracts.Serialization.BillingJson.Options));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task<BillingCluster> Prepared(string now)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", now);
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", Graduated);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d1", "s");
        await cluster.RegisterAsync("t", "d2", "s");
        return cluster;
    }
}
