using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>All subscriptions of version 1 of a plan move to version 2 at their next period starts.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Each_moves_at_its_own_period_start_once_and_those_that_are_kept_stay()
    {
        await using var cluster = await Prepared();
        var preview = Ok(await Migrations(cluster).Preview(Spec("m") with { Keep = ["kept"] }));
        Assert.Equal(
            ["agreed ready 2026-07-01", "first ready 2026-07-01", "kept kept ", "middle ready 2026-06-15", "over refused  subscription.ended"],
            Items(preview));
        Assert.Equal((2, MigrationStatus.Previewed), (preview.ToVersion, preview.Status));
        Assert.Null((await Subscription(cluster, "first").Get())!.Changes);

        var racing = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrations(cluster).Apply("p", "m")));
        Assert.All(racing, r => Assert.True(r.Succeeded));
        await cluster.RestartAsync();
        var applied = (await Migrations(cluster).Get("p", "m"))!;
        Assert.Equal(
            ["agreed scheduled 2026-07-01", "first scheduled 2026-07-01", "kept kept ", "middle scheduled 2026-06-15",
             "over refused  subscription.ended"],
            Items(applied));
        Assert.Equal(MigrationStatus.Applied, applied.Status);
        Assert.Equal(CommandOutcome.Unchanged, (await Migrations(cluster).Apply("p", "m")).Outcome);
        foreach (var id in new[] { "agreed", "first", "middle" })
        {
            Assert.Equal("migration:m", Assert.Single((await Subscription(cluster, id).Get())!.Changes!).Id);
        }

        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        // July's fees: what was agreed goes on under the new version; June's of 'middle' are of its own period from the 15th on.
        Assert.Equal(
            ["2026-06-15 middle 10.00", "2026-07-01 agreed 7.00", "2026-07-01 first 10.00", "2026-07-01 kept 10.00", "2026-07-15 middle 20.00",
             "2026-08-01 agreed 7.00", "2026-08-01 first 20.00", "2026-08-01 kept 10.00"],
            (await Invoices(cluster)).Where(l => !l.Contains("over", StringComparison.Ordinal)));
        Assert.Empty((await cluster.AuditAsync("t")).Findings);
    }

    [Fact]
    public async Task What_a_crash_leaves_is_done_once_by_whoever_comes_by()
    {
        await using var cluster = await Prepared();
        for (var i = 0; i < 40; i++)
        {
            await cluster.SubscribeAsync("t", "c", $"s{i}", "p", "2026-06-01T00:00:00Z", version: 1);
        }
        Ok(await Migrations(cluster).Preview(Spec("m") with { DropTerms = true }));
        // Decided and no more, as by a process that died then.
        await cluster.DoInPartitionAsync(EntityKind.Catalogue, "t", "t", t =>
            t.Append(new Grains.Migrations.MigrationStarted("t", "m", At("2026-06-10T00:00:00Z"))));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);

        var view = Ok(await Migrations(cluster).Apply("p", "m"));
        Assert.Equal(MigrationStatus.Applied, view.Status);
        Assert.Equal((44, 1), (view.Items.Count(i => i.Outcome == MigrationOutcome.Scheduled), view.Items.Count(i => i.Outcome == MigrationOutcome.Refused)));
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        Assert.Equal(44, (await Invoices(cluster)).Count(l => l.EndsWith(" 20.00", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_subscription_that_has_changed_since_the_preview_is_refused_by_itself()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """{"id":"other","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"1"}]}""");
        Ok(await Migrations(cluster).Preview(Spec("m")));
        Ok(await Subscription(cluster, "first").Change(new("now", "other", null, ChangeWhen.Now, null)));
        Ok(await Subscription(cluster, "middle").Change(new("later", "other", null, ChangeWhen.At, At("2026-09-01T00:00:00Z"))));
        Ok(await Subscription(cluster, "kept").Change(new("end", null, null, ChangeWhen.PeriodEnd, null)));

        var view = Ok(await Migrations(cluster).Apply("p", "m"));

        Assert.Equal(
            ["agreed scheduled 2026-07-01", "first refused  subscription.other_version", "kept refused  subscription.ended",
             "middle refused  subscription.change_scheduled", "over refused  subscription.ended"],
            Items(view));
    }

    [Fact]
    public async Task What_cannot_be_migrated_says_why()
    {
        await using var cluster = await Prepared();
        var spec = Spec("x");
        Assert.Equal(CommandOutcome.NotFound, (await Migrations(cluster).Preview(spec with { Plan = "none" })).Outcome);
        Assert.Equal("plan.unknown /fromVersion", await Error(spec with { FromVersion = 9 }));
        Assert.Equal("plan.unknown /toVersion", await Error(spec with { ToVersion = 1 }));
        Assert.Empty(Ok(await Migrations(cluster).Preview(spec with { Id = "nobody", Customers = ["nobody"] })).Items);
        Assert.Equal(["first ready 2026-07-01"], Items(Ok(await Migrations(cluster).Preview(spec with { Id = "one", Subscriptions = ["first"] }))));
        Assert.Equal("migration.exists /id", await Error(spec with { Id = "one" }));
        Assert.Equal(CommandOutcome.NotFound, (await Migrations(cluster).Apply("other", "one")).Outcome);
        Assert.Null(await Migrations(cluster).Get("other", "one"));
        Assert.Equal(["nobody", "one"], (await Migrations(cluster).List("p", null, 10)).Items.Select(m => m.Spec.Id));

        await cluster.PublishAsync("t", """
            {"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"30"}],
             "phases":[{"periods":2,"charges":[{"id":"fee","amount":"3"}]}]}
            """);
        Assert.Equal("migration.phases /toVersion", await Error(spec));
        await cluster.SubscribeAsync("t", "c", "ramp", "p", "2026-06-01T00:00:00Z");
        Assert.Equal(["ramp refused  subscription.in_phase"], Items(Ok(await Migrations(cluster).Preview(
            spec with { Id = "back", FromVersion = 3, ToVersion = 2 }))));
        // The agreed fee is of a charge that version 4 has no more.
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"rent","kind":"recurring","amount":"30"}]}""");
        Assert.Equal(["agreed refused  overrides.charge_unknown"], Items(Ok(await Migrations(cluster).Preview(
            spec with { Id = "terms", Subscriptions = ["agreed"] }))));

        async Task<string> Error(MigrationSpec asked) =>
            Assert.Single((await Migrations(cluster).Preview(asked)).Errors.Select(e => $"{e.Code} {e.Pointer}"));
    }

    private static MigrationSpec Spec(string id) => new(id, "p", 1, null, [], [], [], false);

    private static IMigrationGrain Migrations(BillingCluster cluster) => cluster.Grains.GetGrain<IMigrationGrain>("t");

    private static ISubscriptionGrain Subscription(BillingCluster cluster, string id) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", id));

    private static string[] Items(MigrationView view) =>
    [
        .. view.Items.Select(i => string.Join(' ', new[]
        {
            i.Subscription, i.Outcome, i.EffectiveAt?.ToString("uuuu-MM-dd", null) ?? "", i.Error?.Code,
        }.Where(p => p is not null))),
    ];

    private static async Task<string[]> Invoices(BillingCluster cluster) =>
    [
        .. (await cluster.Customer("t", "c").Invoices(null, 100)).Items.Reverse().SelectMany(i => i.Lines
            .Select(l => $"{i.PeriodEnd.ToString("uuuu-MM-dd", null)} {l.Subscription} {l.Amount}")),
    ];

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-10T00:00:00Z");
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"10"}]}""");
        foreach (var id in new[] { "first", "kept" })
        {
            await cluster.SubscribeAsync("t", "c", id, "p", "2026-06-01T00:00:00Z");
        }
        var agreed = PlanOverridesJson.Parse(System.Text.Json.JsonDocument.Parse("""{"charges":[{"id":"fee","amount":"7.00"}]}""").RootElement).Overrides;
        Ok(await Subscription(cluster, "agreed").Create(new("agreed", "c", "p", null, At("2026-06-01T00:00:00Z"), null, null, null, agreed)));
        Ok(await Subscription(cluster, "middle").Create(new("middle", "c", "p", null, At("2026-05-15T00:00:00Z"), null, null, "2026-05-15")));
        Ok(await Subscription(cluster, "over").Create(
            new("over", "c", "p", null, At("2026-06-01T00:00:00Z"), At("2026-06-20T00:00:00Z"), null, null)));
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"20"}]}""");
        return cluster;
    }
}
