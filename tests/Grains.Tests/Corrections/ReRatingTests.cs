using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Pricing;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Corrections.CorrectionScenario;

namespace OrleansBilling.Grains.Tests.Corrections;

/// <summary>
/// Tenant <c>t</c> was billed by a plan with wrong prices, which are then corrected; <c>u</c> had the right ones from the start.
/// </summary>
public sealed class ReRatingTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","minimum":{"amount":"5"},"charges":[
          {"id":"fee","kind":"recurring","amount":"FEE"},
          {"id":"data","meter":"data","model":"graduated","tiers":[{"upTo":"100","unitPrice":"PRICE"},{"unitPrice":"0.05"}]},
          {"id":"peak","meter":"peak","unitPrice":"0.5"}]}
        """;

    private static readonly string Wrong = Plan.Replace("FEE", "3", StringComparison.Ordinal).Replace("PRICE", "0.10", StringComparison.Ordinal);
    private static readonly string Right = Plan.Replace("FEE", "2.50", StringComparison.Ordinal).Replace("PRICE", "0.08", StringComparison.Ordinal);

    /// <summary>
    /// January: 3.00 + 100 × 0.10 + 50 × 0.05 + 4 × 0.5 = 17.50; by the right prices 2.50 + 8.00 + 2.50 + 2.00 = 15.00.
    /// </summary>
    [Fact]
    public async Task Closed_periods_get_their_difference_on_the_next_invoice_and_late_usage_is_rated_by_the_corrected_plan()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-02-10T00:00:00Z");
        await cluster.SendAsync("t", Event("f1", "d", "data", "2026-02-10T00:00:00Z", 10m));
        var view = Ok(await ReRatings(cluster).Preview(January("jan")));
        Assert.Equal(("EUR", -2.50m, ReRatingStatus.Previewed), (view.Currency, view.Difference, view.Status));
        var period = Assert.Single(Assert.Single(view.Subscriptions).Periods);
        Assert.Equal((17.50m, 15.00m, true), (period.Before, period.After, period.Closed));
        Assert.Equal([("fee", -0.50m), ("data", -2.00m)], period.Lines.Select(l => (l.ChargeId, l.Amount.ToDecimal())));
        // To look changes nothing.
        Assert.Equal(4.00m + 1.00m, (await cluster.BillAsync("t", "c")).Total);

        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        var racing = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReRatings(cluster).Apply("jan")));
        Assert.All(racing, r => Assert.Equal(ReRatingStatus.Applied, Ok(r).Status));
        await cluster.RestartAsync();
        Assert.Equal(CommandOutcome.Unchanged, (await ReRatings(cluster).Apply("jan")).Outcome);
        await cluster.SendAsync("t", Event("late", "d", "data", "2026-01-20T00:00:00Z", 20m));
        await AgreesAsync(cluster, "t");
        await cluster.AdvanceAsync("t", "2026-03-10T00:00:00Z");
        await cluster.SendAsync("t", Event("later", "d", "data", "2026-01-21T00:00:00Z", 20m));
        Done(await CorrectAsync(cluster, "t", Void(Event("e1", "d", "data", "2026-01-05T00:00:00Z", 90m))));
        await cluster.AdvanceAsync("t", "2026-04-10T00:00:00Z");

        var invoices = await InvoicesAsync(cluster, "t");
        // February has a line of its own plan, then January's: 20 MB more at 0.05 are in the difference, too.
        Assert.Equal(
            [("usage", "data", 1.00m), (LateUsage.ReRatingKind, "fee", -0.50m), (LateUsage.ReRatingKind, "data", -1.00m)],
            invoices[1].Where(l => l.ChargeId is "data" || l.Kind == LateUsage.ReRatingKind).Select(l => (l.Kind, l.ChargeId, l.Amount.ToDecimal())));
        Assert.All(invoices[1].Where(l => l.Kind == LateUsage.ReRatingKind), l =>
            Assert.Equal(("p", 2, At("2026-01-01T00:00:00Z")), (l.Plan, l.PlanVersion, l.PeriodStart)));
        // Then 100 MB instead of 170: 8.00 instead of 11.50.
        Assert.Equal([(LateUsage.CorrectionKind, -3.50m)], invoices[2].Where(l => l.PeriodStart == At("2026-01-01T00:00:00Z"))
            .Select(l => (l.Kind, l.Amount.ToDecimal())));
        await AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task An_open_period_becomes_that_of_the_right_plan_from_the_start()
    {
        await using var cluster = await Prepared("u");
        Ok(await ReRatings(cluster).Preview(January("jan")));
        Ok(await ReRatings(cluster).Apply("jan"));
        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        await cluster.RestartAsync();
        await cluster.SendAsync("t", Event("e9", "d", "data", "2026-01-08T00:00:00Z", 30m));
        await cluster.SendAsync("u", Event("e9", "d", "data", "2026-01-08T00:00:00Z", 30m));
        await cluster.AdvanceAsync("t", "2026-02-10T00:00:00Z");
        await cluster.AdvanceAsync("u", "2026-02-10T00:00:00Z");
        Assert.Equal(Text((await InvoicesAsync(cluster, "u")).Single()), Text((await InvoicesAsync(cluster, "t")).Single()));
        await AgreesAsync(cluster, "t", "u");
    }

    [Fact]
    public async Task A_preview_that_usage_an_invoice_or_another_one_has_overtaken_is_refused()
    {
        await using var cluster = await Prepared();
        foreach (var id in new[] { "usage", "invoice", "first", "second" })
        {
            if (id == "first")
            {
                await cluster.AdvanceAsync("t", "2026-02-10T00:00:00Z");
                Assert.Equal("re_rating.stale", Assert.Single((await ReRatings(cluster).Apply("invoice")).Errors).Code);
            }
            Ok(await ReRatings(cluster).Preview(January(id)));
            if (id == "usage")
            {
                await cluster.SendAsync("t", Event("e8", "d", "data", "2026-01-08T00:00:00Z", 1m));
                Assert.Equal("re_rating.stale", Assert.Single((await ReRatings(cluster).Apply("usage")).Errors).Code);
            }
        }
        var racing = await Task.WhenAll(new[] { "first", "second" }.Select(ReRatings(cluster).Apply));
        Assert.Equal([null, "re_rating.stale"], racing.Select(r => r.Errors.SingleOrDefault()?.Code).Order());
        await cluster.AdvanceAsync("t", "2026-03-10T00:00:00Z");
        Assert.Equal(-2.50m, (await InvoicesAsync(cluster, "t"))[1].Where(l => l.Kind == LateUsage.ReRatingKind).Sum(l => l.Amount.ToDecimal()));
        await AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task What_cannot_be_re_rated_says_why()
    {
        await using var cluster = await Prepared();
        var spec = January("x");
        Assert.Equal("re_rating.range", await Code(spec with { To = spec.From }));
        Assert.Equal("plan.unknown", await Code(spec with { WrongVersion = 9 }));
        Assert.Equal("plan.unknown", await Code(spec with { CorrectedVersion = 1 }));
        var draft = PlanJson.Parse(Right).Plan!;
        Assert.Equal("plan.shape_differs", await Code(spec with { CorrectedVersion = null, Draft = draft with { Charges = [draft.Charges[1]] } }));
        var looked = Ok(await ReRatings(cluster).Preview(spec with { CorrectedVersion = null, Draft = draft }));
        Assert.Equal(-2.50m, looked.Difference);
        Assert.Equal("re_rating.exists", await Code(spec));
        Assert.Equal(CommandOutcome.NotFound, (await ReRatings(cluster).Apply("nothing")).Outcome);
        Assert.Empty(Ok(await ReRatings(cluster).Preview(January("y") with { Customers = ["nobody"] })).Subscriptions);
        Assert.Equal(["x", "y"], (await ReRatings(cluster).List(null, 10)).Items.Select(r => r.Spec.Id));

        async Task<string> Code(ReRatingSpec asked) => Assert.Single((await ReRatings(cluster).Preview(asked)).Errors).Code;
    }

    private static ReRatingSpec January(string id) =>
        new(id, "p", 1, 2, null, At("2026-01-01T00:00:00Z"), At("2026-02-01T00:00:00Z"), [], []);

    private static IReRatingGrain ReRatings(BillingCluster cluster) => cluster.Grains.GetGrain<IReRatingGrain>("t");

    private static async Task<BillingCluster> Prepared(params string[] others)
    {
        var cluster = await StartAsync();
        foreach (var tenant in others.Prepend("t"))
        {
            await cluster.CreateTenantAsync(tenant, "2026-01-31T00:00:00Z", windowDays: 400);
            await cluster.DefineMeterAsync(tenant, "data", "MB");
            await cluster.DefineMeterAsync(tenant, new Core.Usage.MeterDefinition("peak", "peak", "kW", "max"));
            await cluster.PublishAsync(tenant, tenant == "t" ? Wrong : Right);
            await cluster.SubscribeAsync(tenant, "c", "s", "p", "2026-01-01T00:00:00Z");
            await cluster.RegisterAsync(tenant, "d", "s");
            await cluster.SendAsync(tenant, [
                Event("e1", "d", "data", "2026-01-05T00:00:00Z", 90m), Event("e2", "d", "data", "2026-01-06T00:00:00Z", 60m),
                Event("e3", "d", "peak", "2026-01-06T00:00:00Z", 4m), Event("e4", "d", "peak", "2026-01-07T00:00:00Z", 3m)]);
        }
        await cluster.PublishAsync("t", Right);
        return cluster;
    }
}
