using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Trials and phases of plans.</summary>
public sealed class StageTests
{
    /// <summary>
    /// Kill Bill, SpyCarAdvanced.xml (the sample catalogue of its server), plan discount-standard-monthly in USD: trial of 30 days, 66.00 a
    /// month for 3 months, then 100.00.
    /// </summary>
    private const string Standard = """
        {"id":"discount-standard-monthly","currency":"USD","charges":[{"id":"standard","amount":"100.00"}],
         "trial":{"days":30},"phases":[{"name":"Discount","periods":3,"charges":[{"id":"standard","amount":"66.00"}]}]}
        """;

    private const string Full = """
        {"id":"full","currency":"EUR","minimum":{"amount":"25"},"charges":[
          {"id":"base","amount":"30.00"},{"id":"setup","kind":"oneTime","amount":"5.00"},
          {"id":"sim","kind":"recurring","per":"device","amount":"3.00"},{"id":"card","kind":"oneTime","per":"device","amount":"1.00"},
          {"id":"use","meter":"m","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1.00"},{"unitPrice":"0.10"}]}],
         "trial":{"days":10}}
        """;

    [Fact]
    public async Task A_trial_a_discount_phase_and_the_plan_follow_one_another()
    {
        await using var cluster = await Prepared("2026-06-01T00:00:00Z", Standard);
        await cluster.SubscribeAsync("t", "c", "s", "discount-standard-monthly", "2026-06-01T00:00:00Z", null, "USD");
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-12-02T00:00:00Z");
        var invoices = await Invoices(cluster, "c");
        Assert.Equal(["0.00", "66.00", "66.00", "66.00", "100.00", "100.00"], invoices.Select(i => $"{i.Lines.Single().Amount}"));
        Assert.Equal([StepKinds.Trial, StepKinds.Phase, StepKinds.Phase, StepKinds.Phase, StepKinds.Price, StepKinds.Price],
            invoices.Select(i => i.Lines.Single().Steps[^1].Kind));
        var view = (await Subscription(cluster, "s").Get())!;
        Assert.Equal(
            ["Free  2026-06-01", " Discount 2026-07-01", "  2026-10-01"],
            view.Segments!.Select(s => $"{s.Trial} {s.Phase} {s.Start.InUtc().Date:uuuu-MM-dd}"));
        await Agrees(cluster);
    }

    /// <summary>
    /// June of 30 days, 10 of them free. 20/30 of 30.00 and of 2 × 3.00; the cards are goods, due when devices join; set-up is due after the
    /// trial; 12 units in the trial, then 12 more from the first tier on: 10 × 1.00 + 2 × 0.10. The minimum of 20/30 of 25 is reached.
    /// </summary>
    [Fact]
    public async Task Usage_in_a_free_trial_costs_nothing_and_tiers_begin_after_it_whatever_is_restarted()
    {
        await using var cluster = await Prepared("2026-06-01T00:00:00Z", Full);
        await SubscribeAsync(cluster, "c", "s");
        var sent = await cluster.SendAsync("t", [Event("a", "d0", "m", "2026-06-01T00:00:00Z", 6m), Event("a", "d1", "m", "2026-06-01T00:00:00Z", 6m)]);
        Assert.All(sent, r => Assert.Equal(0m, r.Charge));
        // Devices are counted for a stage when it is near.
        Assert.Equal(["base 0.00", "sim 0.00", "card 2.00", "use 0.00", "base 20.00", "setup 5.00"], await Lines(cluster, "c"));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-06-12T00:00:00Z");
        await cluster.SendAsync("t", [Event("b", "d0", "m", "2026-06-10T23:59:59Z", 6m), Event("c", "d0", "m", "2026-06-11T00:00:00Z", 12m)]);
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        var invoice = Assert.Single(await Invoices(cluster, "c"));
        Assert.Equal(
            ["base 0.00", "sim 0.00", "card 2.00", "use 0.00", "base 20.00", "setup 5.00", "sim 4.00", "use 10.20"],
            invoice.Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        Assert.All(invoice.Lines, l => Assert.Equal(l.Amount.ToDecimal(), l.Steps.Sum(s => s.Amount)));
        // What the trial saved: 18 units would have been 10 × 1.00 + 8 × 0.10.
        Assert.Equal(-10.80m, invoice.Lines[3].Steps.Single(s => s.Kind == StepKinds.Trial).Amount);
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_customer_has_one_trial_of_a_plan_and_pays_nothing_for_one_that_it_leaves()
    {
        await using var cluster = await Prepared("2026-06-01T00:00:00Z", Full, Full.Replace("\"full\"", "\"again\"", StringComparison.Ordinal)
            .Replace("\"days\":10", "\"days\":10,\"repeat\":true,\"usage\":\"billed\"", StringComparison.Ordinal));
        Ok(await cluster.Customer("t", "c").Register(new("c", "c", "EUR", null, [])));
        await Trial(cluster, "s1", "full", null, 2);
        await Trial(cluster, "s2", "full", null, 0);
        await cluster.RestartAsync();
        await Trial(cluster, "s1", "full", null, 2);
        await Trial(cluster, "s3", "full", null, 0);
        await Trial(cluster, "s4", "again", null, 2);
        await Trial(cluster, "s5", "again", null, 2);
        await Trial(cluster, "s6", "again", false, 0);
        foreach (var id in new[] { "s2", "s3", "s4", "s5", "s6" })
        {
            Ok(await Subscription(cluster, id).Change(new("bye", null, null, ChangeWhen.At, At("2026-06-01T00:00:00.0000001Z"))));
        }
        // Left within the trial: not a cent, the minimum neither. Left at once without one: a fee for no day, and the set-up.
        Ok(await Subscription(cluster, "s1").Change(new("bye", null, null, ChangeWhen.At, At("2026-06-09T00:00:00Z"))));
        Assert.Equal(0m, (await cluster.BillAsync("t", "c")).Lines.Where(l => l.Subscription == "s1").Sum(l => l.Amount.ToDecimal()));
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await Agrees(cluster);
    }

    /// <summary>A change to a plan with phases begins with the first; withdrawn before it begins, the phases before are back.</summary>
    [Fact]
    public async Task A_change_of_plan_ends_the_phases_of_one_and_begins_those_of_the_other()
    {
        const string Ramp = """
            {"id":"NAME","currency":"EUR","charges":[{"id":"base","amount":"40.00"}],"phases":[
              {"name":"Quarter","periods":1,"charges":[{"id":"base","amount":"10.00"}]},{"name":"Half","periods":1,"charges":[{"id":"base","amount":"20.00"}]}]}
            """;
        await using var cluster = await Prepared(
            "2026-06-01T00:00:00Z", Ramp.Replace("NAME", "a", StringComparison.Ordinal),
            Ramp.Replace("NAME", "b", StringComparison.Ordinal).Replace("0.00", "5.00", StringComparison.Ordinal));
        await cluster.SubscribeAsync("t", "c", "s", "a", "2026-06-01T00:00:00Z");
        var change = new SubscriptionChangeSpec("b", "b", null, ChangeWhen.At, At("2026-07-01T00:00:00Z"));
        Ok(await Subscription(cluster, "s").Change(change));
        Assert.Equal(["Quarter", "Quarter", "Half", null], (await Subscription(cluster, "s").Get())!.Segments!.Select(s => s.Phase));
        Ok(await Subscription(cluster, "s").Withdraw("b"));
        Assert.Equal(["Quarter", "Half", null], (await Subscription(cluster, "s").Get())!.Segments!.Select(s => s.Phase));
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        Ok(await Subscription(cluster, "s").Change(change with { Id = "back", When = ChangeWhen.PeriodStart, At = null }));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-10-02T00:00:00Z");
        Assert.Equal(["10.00", "15.00", "25.00", "45.00"], (await Invoices(cluster, "c")).Select(i => $"{i.Lines.Single().Amount}"));
        await Agrees(cluster);
    }

    private static async Task Trial(BillingCluster cluster, string id, string plan, bool? trial, int segments)
    {
        var view = Ok(await Subscription(cluster, id).Create(
            new(id, "c", plan, null, At("2026-06-01T00:00:00Z"), null, null, null, Trial: trial)));
        Assert.Equal(segments, (await Subscription(cluster, id).Get())!.Segments?.Length ?? 0);
        Assert.Equal(plan, view.Plan);
    }

    private static async Task SubscribeAsync(BillingCluster cluster, string customer, string id)
    {
        await cluster.SubscribeAsync("t", customer, id, "full", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d0", id);
        await cluster.RegisterAsync("t", "d1", id);
    }

    private static async Task<string[]> Lines(BillingCluster cluster, string customer) =>
        [.. (await cluster.BillAsync("t", customer)).Lines.Select(l => $"{l.ChargeId} {l.Amount}")];

    private static async Task<InvoiceView[]> Invoices(BillingCluster cluster, string customer) =>
        [.. (await cluster.Customer("t", customer).Invoices(null, 20)).Items.OrderBy(i => i.PeriodEnd)];

    private static ISubscriptionGrain Subscription(BillingCluster cluster, string id) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", id));

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task<BillingCluster> Prepared(string now, params string[] plans)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", now);
        await cluster.DefineMeterAsync("t", "m", "kWh");
        foreach (var plan in plans)
        {
            await cluster.PublishAsync("t", plan);
        }
        return cluster;
    }
}
