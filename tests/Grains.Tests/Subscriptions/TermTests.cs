using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Terms of subscriptions, and what leaving before they are over costs.</summary>
public sealed class TermTests
{
    /// <summary>
    /// The rule of Adobe's subscription terms for annual plans that are paid by the month: a lump sum of 50 % of what remains of the contract.
    /// </summary>
    private const string Annual = """
        {"id":"annual","currency":"USD","charges":[{"id":"all-apps","amount":"54.99"},{"id":"use","meter":"m","unitPrice":"1"}],
         "term":{"periods":12,"earlyTerminationFee":{"name":"Cancellation fee","percent":"50"}}}
        """;

    /// <summary>Four months used; 8 × 54.99 = 439.92 remain, half of it is 219.96.</summary>
    [Fact]
    public async Task Leaving_a_year_after_four_months_costs_half_of_the_eight_that_remain()
    {
        await using var cluster = await Prepared(Annual);
        await cluster.SubscribeAsync("t", "c", "s", "annual", "2026-01-01T00:00:00Z", null, "USD");
        await cluster.AdvanceAsync("t", "2026-04-10T00:00:00Z");
        Assert.Equal(At("2027-01-01T00:00:00Z"), (await Subscription(cluster, "s").Get())!.TermEnd);
        Ok(await Subscription(cluster, "s").Change(new("bye", null, null, ChangeWhen.PeriodEnd, null)));
        Assert.Equal(["all-apps 54.99", "earlyTermination 219.96"], await Lines(cluster, "c"));
        // Withdrawn, nothing is due; cancelled again, it is.
        Ok(await Subscription(cluster, "s").Withdraw("bye"));
        Assert.Equal(["all-apps 54.99"], await Lines(cluster, "c"));
        Ok(await Subscription(cluster, "s").Change(new("bye again", null, null, ChangeWhen.PeriodEnd, null)));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-06-02T00:00:00Z");
        var invoices = (await cluster.Customer("t", "c").Invoices(null, 10)).Items;
        Assert.Equal(4, invoices.Length);
        var fee = invoices[0].Lines[^1];
        Assert.Equal(
            ("earlyTermination", "Cancellation fee", 219.96m, At("2026-05-01T00:00:00Z"), At("2027-01-01T00:00:00Z")),
            (fee.Kind, fee.Description, fee.Amount.ToDecimal(), fee.PeriodStart, fee.PeriodEnd));
        Assert.Equal([("remaining", 439.92m), ("price", -219.96m)], fee.Steps.Select(s => (s.Kind, s.Amount)));
        await Agrees(cluster);
    }

    /// <summary>
    /// A leap year: 2028 has a 29 February. Left on the 15th, 15 of 29 days remain of that month and the whole of March, by the plan's phase
    /// 10.00 and then 20.00: 5.17 + 20.00, a fee of 100 %. Berlin's March has the change of clocks.
    /// </summary>
    [Fact]
    public async Task What_remains_is_counted_by_days_and_phases_and_a_fee_per_device_is_not_in_it()
    {
        await using var cluster = await Prepared("""
            {"id":"q","currency":"EUR","charges":[{"id":"base","amount":"20.00"},{"id":"sim","kind":"recurring","per":"device","amount":"3.00"}],
             "phases":[{"periods":2,"charges":[{"id":"base","amount":"10.00"}]}],
             "term":{"periods":3,"earlyTerminationFee":{"percent":"100"}}}
            """, "2028-01-01T00:00:00Z");
        await cluster.SubscribeAsync("t", "c", "s", "q", "2027-12-31T23:00:00Z", "Europe/Berlin");
        await cluster.RegisterAsync("t", "d", "s");
        await cluster.AdvanceAsync("t", "2028-02-14T00:00:00Z");
        Ok(await Subscription(cluster, "s").Change(new("bye", null, null, ChangeWhen.At, At("2028-02-14T23:00:00Z"))));
        // 14 of 29 days of 10.00 and of 3.00.
        Assert.Equal(["base 4.83", "sim 1.45", "earlyTermination 25.17"], (await Lines(cluster, "c"))[^3..]);
        await cluster.AdvanceAsync("t", "2028-04-02T00:00:00Z");
        await Agrees(cluster);
    }

    [Fact]
    public async Task No_fee_is_due_in_the_trial_at_the_end_of_a_term_after_one_that_is_not_renewed_or_by_an_agreed_end()
    {
        const string Fixed = """
            {"id":"NAME","currency":"EUR","charges":[{"id":"base","amount":"10.00"}],"trial":{"days":5,"repeat":true},
             "term":{"periods":2,"renew":RENEW,"earlyTerminationFee":{"amount":"99.00"}}}
            """;
        await using var cluster = await Prepared(
            Fixed.Replace("NAME", "once", StringComparison.Ordinal).Replace("RENEW", "false", StringComparison.Ordinal));
        await cluster.PublishAsync("t", Fixed.Replace("NAME", "renewed", StringComparison.Ordinal).Replace("RENEW", "true", StringComparison.Ordinal));
        // Terms begin after the trial, so in January, and are over on 1 March.
        (string Id, string Plan, string End, string[] Fees)[] cases =
        [
            ("trial", "once", "2026-01-05T23:00:00Z", []), ("early", "once", "2026-01-06T01:00:00Z", ["99.00"]),
            ("late", "once", "2026-02-28T23:59:59Z", ["99.00"]), ("over", "once", "2026-03-01T00:00:00Z", []),
            ("after", "once", "2026-04-15T00:00:00Z", []), ("at-renewal", "renewed", "2026-05-01T00:00:00Z", []),
            ("renewed", "renewed", "2026-04-15T00:00:00Z", ["99.00"]),
        ];
        foreach (var (id, plan, end, _) in cases)
        {
            await cluster.SubscribeAsync("t", id, id, plan, "2026-01-01T00:00:00Z");
            Ok(await Subscription(cluster, id).Change(new("bye", null, null, ChangeWhen.At, At(end))));
        }
        Ok(await cluster.Customer("t", "agreed").Register(new("agreed", "agreed", "EUR", null, [])));
        Ok(await Subscription(cluster, "agreed").Create(
            new("agreed", "agreed", "once", null, At("2026-01-01T00:00:00Z"), At("2026-01-20T00:00:00Z"), null, null)));
        await cluster.AdvanceAsync("t", "2026-06-02T00:00:00Z");
        foreach (var (id, _, _, fees) in cases)
        {
            Assert.Equal((id, string.Join(' ', fees)), (id, await Fees(cluster, id)));
        }
        Assert.Equal("", await Fees(cluster, "agreed"));
        await Agrees(cluster);
    }

    private static async Task<string> Fees(BillingCluster cluster, string customer) => string.Join(' ',
        (await cluster.Customer("t", customer).Invoices(null, 20)).Items.SelectMany(i => i.Lines)
            .Where(l => l.Kind == "earlyTermination").Select(l => l.Amount));

    private static async Task<string[]> Lines(BillingCluster cluster, string customer) =>
        [.. (await cluster.BillAsync("t", customer)).Lines.Select(l => $"{l.ChargeId} {l.Amount}")];

    private static ISubscriptionGrain Subscription(BillingCluster cluster, string id) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", id));

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task<BillingCluster> Prepared(string plan, string now = "2026-01-01T00:00:00Z")
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", now);
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", plan);
        return cluster;
    }
}
