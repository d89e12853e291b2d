using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Terms that one subscription has agreed otherwise than its plan.</summary>
public sealed class OverrideTests
{
    private const string Plan = """
        {"id":"list","currency":"EUR","charges":[
          {"id":"base","amount":"30.00"},
          {"id":"use","meter":"m","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1.00"},{"unitPrice":"0.10"}]}]}
        """;

    /// <summary>
    /// June has 30 days. 10 of them: 24.00 × 10/30 = 8.00, 8 units × 0.50 = 4.00. 20 of them: 18.00 × 20/30 = 12.00, the list's
    /// 8 × 1.00 = 8.00, less 10 % of 20.00. The other subscription has the list: 30.00, and 10 × 1.00 + 6 × 0.10.
    /// </summary>
    [Fact]
    public async Task Each_stretch_costs_what_was_agreed_for_it_whatever_is_restarted_and_the_audit_agrees()
    {
        await using var cluster = await Prepared();
        var agreed = Overrides("""{"charges":[{"id":"base","amount":"24.00"},{"id":"use","unitPrice":"0.50"}]}""");
        var spec = new SubscriptionSpec("s", "c", "list", null, At("2026-06-01T00:00:00Z"), null, null, null, agreed);
        var made = Ok(await Subscription(cluster, "s").Create(spec));
        Assert.Equal(agreed, made.Overrides);
        await cluster.SubscribeAsync("t", "other", "o", "list", "2026-06-01T00:00:00Z");
        foreach (var i in Enumerable.Range(0, 4))
        {
            await cluster.RegisterAsync("t", $"d{i}", "s");
            await cluster.RegisterAsync("t", $"e{i}", "o");
        }
        var answers = await cluster.SendAsync("t", [.. Enumerable.Range(0, 4).SelectMany(i => new[]
        {
            Event("a", $"d{i}", "m", "2026-06-01T00:00:00Z", 2m), Event("a", $"e{i}", "m", "2026-06-01T00:00:00Z", 4m),
        })]);
        Assert.Equal([1.00m, null], answers.Take(2).Select(a => a.Charge));
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        var later = Overrides("""{"charges":[{"id":"base","amount":"18.00"}],"discounts":[{"id":"loyal","percent":"10","periods":1}]}""");
        var change = new SubscriptionChangeSpec("c1", "list", null, ChangeWhen.At, At("2026-06-11T00:00:00Z"), later);
        Assert.Equal(later, Ok(await Subscription(cluster, "s").Change(change)).Overrides);
        Assert.Equal(CommandOutcome.Unchanged, (await Subscription(cluster, "s").Change(change)).Outcome);
        // Replayed from the log, then loaded from a snapshot.
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal(CommandOutcome.Unchanged, (await Subscription(cluster, "s").Create(spec)).Outcome);
        await cluster.AdvanceAsync("t", "2026-06-12T00:00:00Z");
        await cluster.SendAsync(
            "t", [.. Enumerable.Range(0, 4).Select(i => Event("b", $"d{i}", "m", "2026-06-11T00:00:00Z", 2m))]);
        await cluster.RestartAsync();
        var view = (await Subscription(cluster, "s").Get())!;
        Assert.Equal((later, 2, agreed, later), (view.Overrides, view.Segments!.Length, view.Segments[0].Overrides, view.Segments[1].Overrides));

        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        var invoice = Assert.Single((await cluster.Customer("t", "c").Invoices(null, 10)).Items);
        Assert.Equal(
            ["base 8.00 agreed", "use 4.00 agreed", "base 12.00 agreed", "use 8.00 ", "loyal -2.00 agreed"],
            invoice.Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Steps.FirstOrDefault(s => s.Kind == StepKinds.Agreed)?.Kind}"));
        var other = Assert.Single((await cluster.Customer("t", "other").Invoices(null, 10)).Items);
        Assert.Equal(["base 30.00", "use 10.60"], other.Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        // In July the agreed discount is over: it was for one period.
        Assert.Equal(["base 18.00"], (await cluster.BillAsync("t", "c")).Lines.Select(l => $"{l.ChargeId} {l.Amount}"));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public async Task What_does_not_fit_the_plan_is_refused_where_it_stands_and_other_terms_are_another_content()
    {
        await using var cluster = await Prepared();
        var wrong = Overrides("""{"charges":[{"id":"none","amount":"1"}]}""");
        var spec = new SubscriptionSpec("s", "c", "list", null, At("2026-06-01T00:00:00Z"), null, null, null, wrong);
        var refused = await Subscription(cluster, "s").Create(spec);
        Assert.Equal(
            (CommandOutcome.Rejected, "overrides.charge_unknown", "/overrides/charges/0/id"),
            (refused.Outcome, refused.Errors[0].Code, refused.Errors[0].Pointer));
        Ok(await Subscription(cluster, "s").Create(spec with { Overrides = null }));
        Assert.Equal("subscription.exists", (await Subscription(cluster, "s").Create(spec)).Errors[0].Code);
        var change = new SubscriptionChangeSpec("x", "list", null, ChangeWhen.PeriodEnd, null);
        Assert.Equal("subscription.plan_unchanged", (await Subscription(cluster, "s").Change(change)).Errors[0].Code);
        Assert.Equal(
            "/overrides/charges/0/id", (await Subscription(cluster, "s").Change(change with { Overrides = wrong })).Errors[0].Pointer);
        Ok(await Subscription(cluster, "s").Change(change with { Overrides = Overrides("""{"charges":[{"id":"base","amount":"1"}]}""") }));
    }

    private static ISubscriptionGrain Subscription(BillingCluster cluster, string id) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", id));

    private static PlanOverrides Overrides(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PlanOverridesJson.Parse(document.RootElement).Overrides!;
    }

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", Plan);
        Ok(await cluster.Customer("t", "c").Register(new("c", "c", "EUR", null, [])));
        return cluster;
    }
}
