using System.Text.Json.Nodes;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Tests.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.AuditTrail;

/// <summary>ADR 0035: one entry for each change that a caller asked for, with the entity before and after.</summary>
public sealed class AuditTrailTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"9.50"},{"id":"use","meter":"m","unitPrice":"1.00"}]}
        """;

    [Fact]
    public async Task What_is_sold_and_to_whom()
    {
        await using var cluster = await Prepared();
        var customer = cluster.Customer("t", "a");
        Ok(await customer.Change(new("a", "Ada", "EUR", null, [])));
        var subscription = cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"));
        Ok(await subscription.Change(new("c1", "p", 2, ChangeWhen.PeriodEnd, null)));
        Ok(await subscription.Withdraw("c1"));
        Ok(await subscription.GrantPack(new("k", "use", 5m, null, CreditKind.Paid, 100, null, null, null)));
        Ok(await customer.OpenWallet(new("w", null, 100, null, 0m)));
        Ok(await customer.Grant("w", new("g", CreditKind.Paid, 50m, null, null, null)));
        Ok(await customer.VoidGrant("w", "g", "mistake"));
        Ok(await customer.Agree(new("x", new(10m, "Minimum", false), null, At("2026-03-01T00:00:00Z"), null, null, null, BillingCycle.Monthly)));
        Ok(await customer.EndAgreement("x", At("2026-06-01T00:00:00Z")));

        var entries = await AuditLog.ReadAsync(cluster);
        Assert.Equal(
            ["key ob_test: - -> +", "meter m: - -> +", "plan p: - -> +", "plan p: + -> +", "customer a: - -> +", "subscription s: - -> +",
                "device d: - -> +"],
            entries[..7].Select(e => AuditLog.Told(e.Content)).Select(t => t.StartsWith("key", StringComparison.Ordinal) ? "key ob_test: - -> +" : t));
        Assert.Equal("plan p: 1 -> 2", AuditLog.Told(entries[3].Content, "version"));
        Assert.Equal(
            ["customer a: a -> Ada", "subscription s: - -> -", "subscription s: - -> -", "pack s/k: - -> -", "wallet a/w: - -> -",
                "grant a/w/g: - -> -", "grant a/w/g: - -> -", "agreement a/x: - -> -", "agreement a/x: - -> -"],
            entries[7..].Select(e => AuditLog.Told(e.Content, "name")));
        Assert.Equal("subscription s: - -> 2", AuditLog.Told(entries[8].Content, "changes/0/planVersion"));
        Assert.Equal("subscription s: scheduled -> withdrawn", AuditLog.Told(entries[9].Content, "changes/0/status"));
        Assert.Equal("grant a/w/g: open -> voided", AuditLog.Told(entries[13].Content, "status"));
        Assert.Equal("agreement a/x: - -> 2026-06-01T00:00:00Z", AuditLog.Told(entries[15].Content, "terms/to"));
        var actor = entries[7].Content["actor"]!;
        Assert.Equal(("k-1", null, "test"), ((string?)actor["key"], (string?)actor["tenant"], (string?)entries[7].Content["operation"]));
        Assert.Equal(("request-1", "idem-1"), ((string?)entries[7].Content["requestId"], (string?)entries[7].Content["idempotencyKey"]));
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
    }

    [Fact]
    public async Task Devices_and_their_usage()
    {
        await using var cluster = await Prepared();
        var device = cluster.Device("t", "d");
        Ok(await device.SetState("suspended", At("2026-01-05T00:00:00Z")));
        Ok(await device.Identify(new("imsi", "262011234567890", At("2026-01-01T00:00:00Z"), null, false)));
        await cluster.RegisterAsync("t", "loose", null);
        AuditLog.As("nobody");
        ChangeCaller.Forget();
        await cluster.SendAsync("t", [Event("1", "d", "m", "2026-01-02T00:00:00Z", 4m), Event("2", "loose", "m", "2026-01-03T00:00:00Z", 3m)]);
        AuditLog.As("k-2");
        Ok(await cluster.Device("t", "loose").Assign("s", At("2026-01-02T00:00:00Z")));
        var home = cluster.Grains.GetGrain<IPartitionGrain>(PartitionMap.Of(EntityKind.Device, "t", "loose", BillingCluster.Partitions));
        Assert.Single((await home.ReleaseQuarantine(new("t", null, null, null, false, 0, 100))).Results);
        var partition = cluster.Grains.GetGrain<IPartitionGrain>(PartitionMap.Of(EntityKind.Device, "t", "d", BillingCluster.Partitions));
        Assert.Equal(CommandOutcome.Created, (await partition.CorrectUsage("t", [new(new("fix", "d", "1", CorrectionActions.Void, "test device"))]))[0].Outcome);
        await cluster.AdvanceAsync("t", "2026-01-12T00:00:00Z");

        Assert.Equal(
            ["device d: + -> +", "identifier imsi:262011234567890: - -> +", "device loose: - -> +", "device loose: + -> +", "quarantine loose: - -> +",
                "correction fix: + -> +", "clock t: + -> +"],
            (await AuditLog.ReadAsync(cluster))[7..].Select(e => AuditLog.Told(e.Content)));
        var entries = (await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Actor: "k-2")));
        Assert.Equal("correction fix: 4 -> -", AuditLog.Told(entries[2].Content, "version/value"));
        Assert.Equal("quarantine loose: - -> 2", AuditLog.Told(entries[1].Content, "events/0"));
        Assert.Equal("clock t: 2026-01-10T00:00:00Z -> 2026-01-12T00:00:00Z", AuditLog.Told(entries[3].Content, "now"));
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
    }

    [Fact]
    public async Task Invoices_and_the_money_for_them()
    {
        await using var cluster = await Prepared();
        Ok(await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true) with { Review = true }));
        await cluster.AdvanceAsync("t", "2026-02-10T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        Ok(await customer.Finalize((await customer.Drafts())![0].Id));
        Ok(await customer.RecordPayment(new("pay", 5m, null, null, null, null)));
        Ok(await customer.ReversePayment("pay", "charged back"));
        Ok(await customer.IssueCreditNote(new("note", "INV-DE-000001", "outage", [new(1, 2m)])));
        Ok(await customer.WriteOff("INV-DE-000001", "insolvent"));
        Ok(await cluster.Grains.GetGrain<IMigrationGrain>("t").Preview(new("mig", "p", 1, 2, [], [], [], false)));
        Ok(await cluster.Grains.GetGrain<IMigrationGrain>("t").Apply("p", "mig"));
        Ok(await cluster.Grains.GetGrain<IReRatingGrain>("t").Preview(
            new("rr", "p", 1, 2, null, At("2026-01-01T00:00:00Z"), At("2026-02-01T00:00:00Z"), [], [])));

        var entries = await AuditLog.ReadAsync(cluster);
        Assert.Equal(
            ["legal_entity de: - -> +", "clock t: + -> +", "draft a/20260201T000000Z-0: + -> +", "payment a/pay: - -> +", "payment a/pay: + -> +",
                "credit_note a/note: - -> +", "invoice INV-DE-000001: + -> +", "migration mig: - -> +", "migration mig: + -> +", "re_rating rr: - -> +"],
            entries[7..].Select(e => AuditLog.Told(e.Content)));
        Assert.Equal("draft a/20260201T000000Z-0: false -> true", AuditLog.Told(entries[9].Content, "approved"));
        Assert.Equal("migration mig: previewed -> applying", AuditLog.Told(entries[15].Content, "status"));
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
    }

    [Fact]
    public async Task What_is_refused_repeated_or_nobodys_leaves_no_entry()
    {
        await using var cluster = await Prepared();
        var known = (await AuditLog.ReadAsync(cluster)).Count;
        var customer = cluster.Customer("t", "a");
        Assert.Equal(CommandOutcome.Unchanged, (await customer.Register(new("a", "a", "EUR", null, []))).Outcome);
        Assert.Equal(CommandOutcome.Conflict, (await customer.Register(new("a", "other", "EUR", null, []))).Outcome);
        Assert.Equal(CommandOutcome.Rejected, (await customer.Change(new("a", "a", "XXY", null, []))).Outcome);
        Assert.Equal(CommandOutcome.NotFound, (await customer.VoidGrant("w", "g", null)).Outcome);
        await cluster.PublishAsync("t", Plan.Replace("9.50", "8.50", StringComparison.Ordinal));
        await cluster.SubscribeAsync("t", "a", "s", "p", "2026-01-01T00:00:00Z", version: 1, registered: true);
        // A change that partitions refuse once it was asked for.
        ChangeCaller.Forget();
        await cluster.SendAsync("t", Event("1", "d", "m", "2026-01-09T00:00:00Z", 1m));
        AuditLog.As("k-1");
        var subscription = cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"));
        Assert.Equal(CommandOutcome.Conflict, (await subscription.Change(new("c", "p", 2, ChangeWhen.At, At("2026-01-08T00:00:00Z")))).Outcome);
        ChangeCaller.Forget();
        await cluster.RegisterAsync("t", "e", "s");
        Assert.Equal(known, (await AuditLog.ReadAsync(cluster)).Count);
    }

    [Fact]
    public async Task Tenants_and_keys_of_operators_are_in_the_trail_of_operators_and_no_secret_is_anywhere()
    {
        await using var cluster = await Prepared();
        await cluster.CreateTenantAsync("u", null);
        var directory = cluster.Grains.GetGrain<ITenantDirectoryGrain>(0);
        var now = At("2026-01-01T00:00:00Z");
        Ok(await directory.AddKey(new("secret-hash-of-operator", "ob_oper", "t", true, now)));
        Ok(await directory.AddKey(new("secret-hash-of-tenant", "ob_12345678", "t", false, now)));
        Ok(await directory.RevokeKey("t", "12345678", now, byOperator: false));
        Assert.Equal(
            ["tenant t: - -> +", "tenant u: - -> +", "key secret-hash-: - -> +"],
            (await AuditLog.ReadAsync(cluster, AuditTrails.Operators)).Select(e => AuditLog.Told(e.Content)));
        var own = await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Kind: "key", Entity: "12345678"));
        Assert.Equal(["key 12345678: - -> -", "key 12345678: - -> 2026-01-01T00:00:00Z"], own.Select(e => AuditLog.Told(e.Content, "revokedAt")));
        Assert.Single(await AuditLog.ReadAsync(cluster, "u"));
        Assert.DoesNotContain(
            (await AuditLog.ReadAsync(cluster)).Concat(await AuditLog.ReadAsync(cluster, AuditTrails.Operators)),
            e => e.Content.ToJsonString().Contains("secret-hash-of", StringComparison.Ordinal) || e.Content.ToJsonString().Contains("sha256", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task A_restart_from_snapshots_or_from_the_log_goes_on_with_the_same_chain(long snapshotAtStop)
    {
        await using var cluster = await Prepared();
        var before = (await AuditLog.ReadAsync(cluster)).Select(e => (e.Entry.Place, e.Entry.Hash, e.Content.ToJsonString())).ToList();
        await cluster.RestartAsync(snapshotAtStop);
        await cluster.RestartAsync(snapshotAtStop);
        Assert.Equal(before, (await AuditLog.ReadAsync(cluster)).Select(e => (e.Entry.Place, e.Entry.Hash, e.Content.ToJsonString())));
        AuditLog.As("k-1");
        Ok(await cluster.Customer("t", "a").Change(new("a", "Ada", "EUR", null, [])));
        var entries = await AuditLog.ReadAsync(cluster);
        Assert.Equal(before.Count + 1, entries.Count);
        foreach (var chain in entries.GroupBy(e => e.Entry.Place.Partition))
        {
            Assert.Equal(Enumerable.Range(1, chain.Count()).Select(n => (long)n), chain.Select(e => e.Entry.Place.Number));
        }
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
        Assert.Equal(["Ada"], (await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Operation: "test", Kind: "customer", Entity: "a")))[1..]
            .Select(e => (string?)e.Content["after"]!["name"]));
    }

    [Fact]
    public async Task The_caller_is_known_on_every_silo()
    {
        await using var cluster = await StartAsync(silos: 2);
        AuditLog.As("k-1");
        await cluster.CreateTenantAsync("t", "2026-01-10T00:00:00Z");
        for (var i = 0; i < 16; i++)
        {
            Ok(await cluster.Customer("t", $"c{i}").Register(new($"c{i}", "N", "EUR", null, [])));
        }
        var entries = await AuditLog.ReadAsync(cluster, new AuditTrailQuery("t", Actor: "k-1", Kind: "customer"));
        Assert.Equal(16, entries.Count);
        Assert.Equal(BillingCluster.Partitions, entries.Select(e => e.Entry.Place.Partition).Distinct().Count());
        Assert.Empty(await AuditLog.FindingsAsync(cluster));
    }

    [Fact]
    public async Task What_is_longer_than_32_KiB_is_cut_and_says_so()
    {
        await using var cluster = await Prepared();
        Ok(await cluster.Customer("t", "a").Change(new("a", new string('ü', 10), "EUR", null, [new string('x', 40_000)])));
        var entry = (await AuditLog.ReadAsync(cluster))[^1];
        Assert.Equal("customer a: - -> true", AuditLog.Told(entry.Content, "cut"));
        Assert.True((int)entry.Content["after"]!["bytes"]! > 40_000);
        Assert.StartsWith("{\"id\":\"a\"", (string?)entry.Content["after"]!["start"], StringComparison.Ordinal);
        Assert.True(entry.Entry.Content.Length < 64 * 1024);
    }

    /// <summary>A tenant whose preparing left seven entries, all of the key <c>k-1</c>.</summary>
    internal static Task<BillingCluster> Prepared()
    {
        // Here and not in what follows, so that it goes on for the test.
        AuditLog.As("k-1");
        return PreparedAsync();
    }

    private static async Task<BillingCluster> PreparedAsync()
    {
        var cluster = await StartAsync(snapshotAtStop: long.MaxValue);
        await cluster.CreateTenantAsync("t", "2026-01-10T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", Plan);
        await cluster.PublishAsync("t", Plan.Replace("9.50", "8.50", StringComparison.Ordinal));
        await cluster.SubscribeAsync("t", "a", "s", "p", "2026-01-01T00:00:00Z", version: 1);
        await cluster.RegisterAsync("t", "d", "s");
        return cluster;
    }
}
