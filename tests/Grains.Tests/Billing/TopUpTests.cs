using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Balances;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Automatic top-ups; the plan bills 1.00 for each unit.</summary>
public sealed class TopUpTests
{
    private static readonly GrantSpec First = new("top-up-1", CreditKind.Paid, 50m, null, null, null);

    [Fact]
    public async Task Each_crossing_is_topped_up_once_whoever_sends_it_and_however_often()
    {
        await using var cluster = await Prepared();
        var opened = Ok(await Customer(cluster).OpenWallet(Wallet()));
        Assert.Equal(("10.00", "50.00", "top-up-1", true), Told(opened));
        // Many collectors see the same crossing: one grant is made, and the others are told of it.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Customer(cluster).Grant("w", First)));
        Assert.All(answers, answer => Assert.True(answer.Succeeded, answer.Outcome.ToString()));
        Assert.Single(answers, answer => answer.Outcome == CommandOutcome.Created);
        Assert.Equal(("50.00", "top-up-2", false), await Now(cluster));
        Assert.Equal("grant.top_up_not_due", await Refusal(cluster, First with { Id = "top-up-2" }));

        // January takes 45.00: 5.00 are left, and the second one is due.
        Assert.Null((await cluster.SendAsync("t", Event("a", "d", "m", "2026-01-10T00:00:00Z", 45m))).Code);
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal(("5.00", "top-up-2", true), await Now(cluster));
        Assert.Equal("grant.top_up_not_due", await Refusal(cluster, First with { Id = "top-up-3" }));
        Assert.Equal("grant.top_up_amount", await Refusal(cluster, First with { Id = "top-up-2", Amount = 49m }));
        Assert.Equal("grant.top_up_amount", await Refusal(cluster, First with { Id = "top-up-2", Kind = CreditKind.Promotional }));
        Assert.Equal(CommandOutcome.Unchanged, (await Customer(cluster).Grant("w", First)).Outcome);
        Assert.Equal(CommandOutcome.Created, (await Customer(cluster).Grant("w", First with { Id = "top-up-2" })).Outcome);
        Assert.Equal(("55.00", "top-up-3", false), await Now(cluster));

        // A payment that bounced is voided; its number does not come again.
        Ok(await Customer(cluster).VoidGrant("w", "top-up-2", "bounced"));
        Assert.Equal(("5.00", "top-up-3", true), await Now(cluster));
        Assert.Equal(CommandOutcome.Created, (await Customer(cluster).Grant("w", First with { Id = "gift", Amount = 5m })).Outcome);
        // Exactly the bound is not below it.
        Assert.Equal(("10.00", "top-up-3", false), await Now(cluster));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public async Task A_rule_that_makes_no_sense_is_refused_and_a_wallet_without_one_has_every_id_free()
    {
        await using var cluster = await Prepared();
        var refused = await Customer(cluster).OpenWallet(Wallet() with { TopUp = new(-1m, 5m) });
        Assert.Equal(["wallet.top_up_below"], refused.Errors.Select(e => e.Code));
        refused = await Customer(cluster).OpenWallet(Wallet() with { TopUp = new(1m, 0.001m) });
        Assert.Equal([("wallet.top_up_amount", "/topUp/amount")], refused.Errors.Select(e => (e.Code, e.Pointer!)));
        Assert.Null(Ok(await Customer(cluster).OpenWallet(Wallet() with { TopUp = null })).TopUp);
        Assert.Equal(CommandOutcome.Created, (await Customer(cluster).Grant("w", First with { Id = "top-up-7", Amount = 1m })).Outcome);
        // The rule is part of what the wallet is.
        Assert.Equal("wallet.exists", Assert.Single((await Customer(cluster).OpenWallet(Wallet())).Errors).Code);
    }

    private static WalletSpec Wallet() => new("w", null, 100, null, 0m, new(10m, 50m));

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-10T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "1");
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"use","meter":"m","unitPrice":"1.00"}]}""");
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        return cluster;
    }

    private static ICustomerGrain Customer(BillingCluster cluster) => cluster.Customer("t", "c");

    private static (string Below, string Amount, string Next, bool Due) Told(WalletView wallet) =>
        ($"{wallet.TopUp!.Below}", $"{wallet.TopUp.Amount}", wallet.TopUp.NextId, wallet.TopUp.IsDue);

    private static async Task<(string Balance, string Next, bool Due)> Now(BillingCluster cluster)
    {
        var wallet = Assert.Single((await Customer(cluster).Wallets())!);
        return ($"{wallet.Current}", wallet.TopUp!.NextId, wallet.TopUp.IsDue);
    }

    private static async Task<string> Refusal(BillingCluster cluster, GrantSpec spec)
    {
        var result = await Customer(cluster).Grant("w", spec);
        Assert.Equal(CommandOutcome.Conflict, result.Outcome);
        return Assert.Single(result.Errors).Code;
    }
}
