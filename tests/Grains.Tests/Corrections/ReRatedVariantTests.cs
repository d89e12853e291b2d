using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Pricing;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Corrections.CorrectionScenario;

namespace OrleansBilling.Grains.Tests.Corrections;

/// <summary>
/// A corrected version for subscriptions that have agreed terms or are in a phase of the plan. Tenant <c>t</c> was billed by the wrong version,
/// <c>u</c> by the right one from the start.
/// </summary>
public sealed class ReRatedVariantTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"fee","kind":"recurring","amount":"FEE"},
          {"id":"data","meter":"data","model":"graduated","tiers":[{"upTo":"100","unitPrice":"0.10"},{"unitPrice":"0.05"}]}],
         "phases":[{"name":"start","periods":1,"charges":[{"id":"data","unitPrice":"PHASE"}]}]}
        """;

    private static readonly string Wrong = Plan.Replace("FEE", "3", StringComparison.Ordinal).Replace("PHASE", "0.20", StringComparison.Ordinal);
    private static readonly string Right = Plan.Replace("FEE", "2.50", StringComparison.Ordinal).Replace("PHASE", "0.15", StringComparison.Ordinal);

    /// <summary>Phase: 3.00 + 10 × 0.20, right 2.50 + 10 × 0.15. Agreed with the phase over it: 2.00 whatever the fee, 10 × 0.20 or 0.15.</summary>
    [Fact]
    public async Task An_open_period_is_that_of_the_right_version_with_the_same_terms_and_phase()
    {
        await using var cluster = await Prepared("u");
        var view = Ok(await ReRatings(cluster).Preview(Spec("jan")));
        Assert.Equal([("agreed", -0.50m), ("phase", -1.00m)], view.Subscriptions.Select(s => (s.Subscription, s.Difference)));

        Ok(await ReRatings(cluster).Apply("jan"));
        await cluster.RestartAsync();

        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        foreach (var tenant in new[] { "t", "u" })
        {
            await cluster.AdvanceAsync(tenant, "2026-03-10T00:00:00Z");
        }
        // February is no part of it.
        Assert.Equal(Text((await InvoicesAsync(cluster, "u"))[0]), Text((await InvoicesAsync(cluster, "t"))[0]));
        await AgreesAsync(cluster, "t", "u");
    }

    [Fact]
    public async Task A_closed_period_gets_the_difference_by_its_own_terms_and_phase()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-02-10T00:00:00Z");
        Ok(await ReRatings(cluster).Preview(Spec("jan") with { To = At("2026-02-01T00:00:00Z") }));
        Ok(await ReRatings(cluster).Apply("jan"));
        await cluster.SendAsync("t", Event("late", "dp", "data", "2026-01-20T00:00:00Z", 20m));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-03-10T00:00:00Z");

        // phase: 30 × 0.15 + 2.50 less 10 × 0.20 + 3.00; agreed: 10 × 0.15 less 10 × 0.20.
        Assert.Equal(
            [("agreed", "data", -0.50m), ("phase", "fee", -0.50m), ("phase", "data", 2.50m)],
            (await InvoicesAsync(cluster, "t"))[1].Where(l => l.Kind == LateUsage.ReRatingKind)
                .Select(l => (l.Subscription, l.ChargeId, l.Amount.ToDecimal())));
        await AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task A_draft_is_published_when_it_is_applied_once()
    {
        await using var cluster = await Prepared("u");
        await cluster.PublishAsync("t", Wrong);
        var draft = PlanJson.Parse(Right).Plan!;
        var looked = Ok(await ReRatings(cluster).Preview(Spec("jan") with { CorrectedVersion = null, Draft = draft }));
        Assert.Null(looked.Version());

        var racing = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReRatings(cluster).Apply("jan")));
        Assert.All(racing, r => Assert.Equal((ReRatingStatus.Applied, 4), (Ok(r).Status, r.Value!.Version())));
        await cluster.RestartAsync();
        Assert.Equal((CommandOutcome.Unchanged, 4), (await ReRatings(cluster).Apply("jan")) is var again ? (again.Outcome, again.Value!.Version()) : default);
        Assert.Equal(CommandOutcome.Unchanged, (await ReRatings(cluster).Preview(Spec("jan") with { CorrectedVersion = null, Draft = draft })).Outcome);

        Assert.Equal(4, (await cluster.Grains.GetGrain<ICatalogueGrain>("t").GetPlan("p", null))!.Version);
        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        await AgreesAsync(cluster, "t", "u");
    }

    [Fact]
    public async Task Terms_and_phases_that_the_version_cannot_have_are_refused_by_name()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", Right[..Right.IndexOf(",\n \"phases", StringComparison.Ordinal)] + "}");
        var refused = await ReRatings(cluster).Preview(Spec("x") with { CorrectedVersion = 3 });
        Assert.Equal(["re_rating.phases_differ /correctedVersion", "re_rating.phases_differ /correctedVersion"],
            refused.Errors.Select(e => $"{e.Code} {e.Pointer}"));
        Assert.Contains("'agreed'", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.Null(await ReRatings(cluster).Get("x"));

        // A fee of 2.00 agreed, and a minimum of 1.00 of it; the corrected fee is at most 0.50.
        await cluster.PublishAsync("t", Right.Replace("\"amount\":\"2.50\"", "\"amount\":\"2.50\",\"maximum\":\"0.50\"", StringComparison.Ordinal));
        refused = await ReRatings(cluster).Preview(Spec("x") with { CorrectedVersion = 4 });
        Assert.Equal("re_rating.terms_differ /correctedVersion", Assert.Single(refused.Errors.Select(e => $"{e.Code} {e.Pointer}")));
        Assert.Single(Ok(await ReRatings(cluster).Preview(Spec("x") with { CorrectedVersion = 4, Subscriptions = ["phase"] })).Subscriptions);

        // The phase's tiers are in windows: usage is counted otherwise than it was.
        await cluster.PublishAsync("t", Right.Replace(
            "\"unitPrice\":\"0.15\"", "\"timeOfUse\":{\"windows\":[{\"name\":\"day\",\"from\":\"08:00\",\"to\":\"20:00\",\"unitPrice\":\"0.2\"}],\"otherwise\":{\"unitPrice\":\"0.1\"}}",
            StringComparison.Ordinal));
        refused = await ReRatings(cluster).Preview(Spec("y") with { CorrectedVersion = 5 });
        Assert.All(refused.Errors, e => Assert.Equal("plan.shape_differs", e.Code));
        Assert.Equal(2, refused.Errors.Length);
    }

    private static ReRatingSpec Spec(string id) =>
        new(id, "p", 1, 2, null, At("2026-01-01T00:00:00Z"), At("2026-03-01T00:00:00Z"), [], []);

    private static IReRatingGrain ReRatings(BillingCluster cluster) => cluster.Grains.GetGrain<IReRatingGrain>("t");

    private static async Task<BillingCluster> Prepared(params string[] others)
    {
        var cluster = await StartAsync();
        var agreed = PlanOverridesJson.Parse(System.Text.Json.JsonDocument.Parse(
            """{"charges":[{"id":"fee","amount":"2.00","minimum":"1.00"}]}""").RootElement).Overrides;
        foreach (var tenant in others.Prepend("t"))
        {
            await cluster.CreateTenantAsync(tenant, "2026-01-31T00:00:00Z", windowDays: 400);
            await cluster.DefineMeterAsync(tenant, "data", "MB");
            await cluster.PublishAsync(tenant, tenant == "t" ? Wrong : Right);
            await cluster.SubscribeAsync(tenant, "c", "phase", "p", "2026-01-01T00:00:00Z");
            Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(tenant, "agreed"))
                .Create(new("agreed", "c", "p", null, At("2026-01-01T00:00:00Z"), null, null, null, agreed)));
            await cluster.RegisterAsync(tenant, "dp", "phase");
            await cluster.RegisterAsync(tenant, "da", "agreed");
            await cluster.SendAsync(tenant, [
                Event("e1", "dp", "data", "2026-01-05T00:00:00Z", 10m), Event("e2", "da", "data", "2026-01-06T00:00:00Z", 10m)]);
        }
        await cluster.PublishAsync("t", Right);
        return cluster;
    }
}
