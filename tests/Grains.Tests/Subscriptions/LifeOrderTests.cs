using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Whatever the order, the batches and the repetitions of usage: one life has one bill.</summary>
public sealed class LifeOrderTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","trial":{"days":5,"repeat":true},
         "phases":[{"periods":1,"charges":[{"id":"use","model":"volume","tiers":[{"upTo":"50","unitPrice":"0.30"},{"unitPrice":"0.20"}]}]}],
         "charges":[{"id":"base","amount":"30.00"},{"id":"sim","kind":"recurring","per":"device","amount":"3.00"},
          {"id":"use","meter":"m","model":"graduated","tiers":[{"upTo":"20","unitPrice":"0.50"},{"unitPrice":"0.10"}]}]}
        """;

    [Fact]
    public async Task Usage_sent_forwards_or_backwards_split_and_repeated_gives_the_same_lines()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", Plan);
        foreach (var owner in new[] { "s", "r" })
        {
            await cluster.SubscribeAsync("t", owner, owner, "p", "2026-06-01T00:00:00Z");
            for (var i = 0; i < 4; i++)
            {
                await cluster.RegisterAsync("t", $"{owner}{i}", owner);
            }
            Ok(await Subscription(cluster, owner).Change(new(
                "rest", null, null, ChangeWhen.At, At("2026-06-12T00:00:00Z"), Kind: ChangeKind.Pause)));
            Ok(await Subscription(cluster, owner).Change(new(
                "on", null, null, ChangeWhen.At, At("2026-06-15T00:00:00Z"), Kind: ChangeKind.Resume)));
        }
        await cluster.AdvanceAsync("t", "2026-06-30T00:00:00Z");
        await cluster.SendAsync("t", [.. Usage("s")]);
        var backwards = Usage("r").Reverse().ToArray();
        foreach (var batch in backwards.Chunk(7).Concat(backwards.Chunk(31)))
        {
            await cluster.SendAsync("t", batch);
        }
        Assert.Equal(await Lines(cluster, "s"), await Lines(cluster, "r"));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        Assert.Equal(await Invoiced(cluster, "s"), await Invoiced(cluster, "r"));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    /// <summary>Every six hours of 25 days: in the trial, in the phase, in the pause and at its very borders.</summary>
    private static IEnumerable<UsageEvent> Usage(string owner) =>
        from hour in Enumerable.Range(0, 100)
        from device in Enumerable.Range(0, 4)
        let time = At("2026-06-01T00:00:00Z") + NodaTime.Duration.FromHours(6 * hour)
        select Event($"e{hour}", $"{owner}{device}", "m", time.ToString(), ((hour * 7) + device) % 5 / 4m);

    private static async Task<string[]> Lines(BillingCluster cluster, string customer) =>
        [.. (await cluster.BillAsync("t", customer)).Lines.Select(Text)];

    private static async Task<string[]> Invoiced(BillingCluster cluster, string customer) =>
        [.. (await cluster.Customer("t", customer).Invoices(null, 10)).Items.SelectMany(i => i.Lines).Select(Text)];

    private static string Text(Core.Invoicing.InvoiceLine line) =>
        $"{line.ChargeId} {line.Kind} {line.PeriodStart} {line.PeriodEnd} {line.Quantity} {line.Events} {line.ExactAmount} {line.Amount} "
        + string.Join("; ", line.Steps.Select(s => $"{s.Text} {s.Quantity} {s.UnitPrice} {s.Amount}"));

    private static ISubscriptionGrain Subscription(BillingCluster cluster, string id) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", id));
}
