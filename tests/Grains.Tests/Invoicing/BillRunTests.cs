using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Invoicing;
using OrleansBilling.Grains.Records;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>How far billing is, as partitions tell.</summary>
public sealed class BillRunTests
{
    private const string Rent = """{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"9.50"}]}""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Periods_go_from_ahead_over_grace_to_invoices_and_what_is_held_says_why(int silos)
    {
        await using var cluster = await Prepared(silos);
        Assert.Equal("ended 0 ahead 3 closed 0 grace 0 issued  held 0", await ReportAsync(cluster));
        await cluster.AdvanceAsync("t", "2026-02-01T00:30:00Z");
        Assert.Equal("ended 3 ahead 0 closed 0 grace 3 issued  held 0 oldest 2026-02-01T00:00:00Z", await ReportAsync(cluster));
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        const string Held = "ended 3 ahead 0 closed 3 grace 0 issued EUR 2 19.00 held 1 review.required EUR 1 9.50 oldest 2026-02-01T00:00:00Z";
        Assert.Equal(Held, await ReportAsync(cluster));
        if (silos == 1)
        {
            await cluster.RestartAsync();
            Assert.Equal(Held, await ReportAsync(cluster));
        }
        Ok(await cluster.Customer("t", "c").Finalize("20260201T000000Z-0"));
        Assert.Equal("ended 3 ahead 0 closed 3 grace 0 issued EUR 3 28.50 held 0", await ReportAsync(cluster));
        Assert.Equal("ended 0 ahead 3 closed 0 grace 0 issued  held 0", await ReportAsync(cluster, "2026-02-01T00:00:01Z", "2026-03-02T00:00:00Z"));
    }

    [Fact]
    public async Task What_is_behind_says_why()
    {
        await using var cluster = await Prepared(1);
        var reasons = new List<string>();
        await cluster.DoInPartitionAsync(EntityKind.Subscription, "t", "s-a", t =>
        {
            void Look(string heard)
            {
                var tally = new BillRunTally(
                    new("t", At("2026-01-02T00:00:00Z"), At("2026-02-02T00:00:00Z")), At("2026-02-01T01:00:00Z"), Duration.FromHours(1), At(heard));
                tally.Add(t.State.Subscriptions.Find(t.State.Tenant("t")!, "s-a")!);
                reasons.Add(Assert.Single(tally.ToPart(0, null).Behind).Key);
            }
            Look("2026-01-31T23:59:59Z");
            Look("2026-02-01T00:00:00Z");
            // As a process leaves it that dies before the change is decided.
            var at = At("2026-01-20T00:00:00Z");
            t.Append(new ChangeRequested("t", "s-a", new(new("x", "p", 1, ChangeWhen.At, at), at, at, 1, null)));
            Look("2026-02-01T00:00:00Z");
        });
        Assert.Equal([BillRunTally.NotHeard, BillRunTally.Closing, BillRunTally.Undecided], reasons);
    }

    [Fact]
    public async Task An_invoice_that_waits_for_another_subscription_is_incomplete()
    {
        await using var cluster = await Prepared(1);
        var known = (await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s-a")).Get())!;
        await cluster.DoInPartitionAsync(EntityKind.Customer, "t", "a", t =>
            t.Append(new CustomerSubscribed("t", known with { Id = "never-closes" }, t.State.Customers.Find(t.State.Tenant("t")!, "a")!.Subscriptions.First().Cycle)));
        await cluster.AdvanceAsync("t", "2026-02-01T01:00:00Z");
        var parts = await PartsAsync(cluster, "2026-01-02T00:00:00Z", "2026-02-02T00:00:00Z");
        Assert.Equal((1L, 1L, 1L), (parts.Sum(p => p.Incomplete), parts.Sum(p => p.Issued.Sum(s => s.Count)), parts.Sum(p => p.HeldCount)));
    }

    [Fact]
    public async Task Drafts_are_found_by_reason_and_period_in_pages()
    {
        await using var cluster = await Prepared(1);
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        Assert.Equal(3, (await FindAsync(cluster, null, null, 100)).Length);
        Assert.Equal(await FindAsync(cluster, null, null, 100), await FindAsync(cluster, "review.required", null, 1));
        Assert.Empty(await FindAsync(cluster, "review.unusual_amount", null, 100));
        Assert.Equal(["c/20260401T000000Z-0"], await FindAsync(cluster, "review.required", "2026-04-01T00:00:00Z", 100));
    }

    private static async Task<string[]> FindAsync(BillingCluster cluster, string? hold, string? from, int limit)
    {
        var found = new List<string>();
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            string? after = null;
            while (await cluster.Grains.GetGrain<IPartitionGrain>(p).FindDrafts(new("t", hold, from is null ? null : At(from), null, true, after, limit))
                is { Length: > 0 } drafts)
            {
                found.AddRange(drafts.Select(d => d.Place));
                after = drafts[^1].Place;
            }
        }
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<string> ReportAsync(BillingCluster cluster, string from = "2026-01-02T00:00:00Z", string to = "2026-02-02T00:00:00Z")
    {
        var parts = await PartsAsync(cluster, from, to);
        Assert.All(parts, p => Assert.Equal((0, 0, 0, 0), (p.Behind.Count, p.Undelivered, p.Unnumbered, p.Incomplete)));
        var held = parts.SelectMany(p => p.Held).Select(h => $" {h.Code} {Text(h.Sums)}");
        var oldest = parts.Min(p => p.OldestOutstanding) is { } at ? $" oldest {at}" : "";
        return $"ended {parts.Sum(p => p.Ended)} ahead {parts.Sum(p => p.Ahead)} closed {parts.Sum(p => p.Closed)} grace {parts.Sum(p => p.InGrace)} "
            + $"issued {Text(BillRunSum.Add(parts.SelectMany(p => p.Issued)))} held {parts.Sum(p => p.HeldCount)}{string.Concat(held)}{oldest}";
    }

    private static string Text(BillRunSum[] sums) => string.Join(' ', sums.Select(s => FormattableString.Invariant($"{s.Currency} {s.Count} {s.Total:0.00}")));

    private static Task<BillRunPart[]> PartsAsync(BillingCluster cluster, string from, string to) => Task.WhenAll(
        Enumerable.Range(0, BillingCluster.Partitions).Select(p => cluster.Grains.GetGrain<IPartitionGrain>(p).BillRun(new("t", At(from), At(to)))));

    private static async Task<BillingCluster> Prepared(int silos)
    {
        var cluster = await StartAsync(silos: silos);
        await cluster.CreateTenantAsync("t", "2026-01-15T00:00:00Z");
        await cluster.PublishAsync("t", Rent);
        var series = cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t");
        Ok(await series.SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true)));
        Ok(await series.SetLegalEntity(InvoiceSealTests.Entity("fr") with { Review = true }));
        foreach (var customer in new[] { "a", "b", "c" })
        {
            Ok(await cluster.Customer("t", customer).Register(new(customer, customer, "EUR", null, []) { LegalEntity = customer == "c" ? "fr" : null }));
            await cluster.SubscribeAsync("t", customer, $"s-{customer}", "p", "2026-01-01T00:00:00Z", registered: true);
        }
        return cluster;
    }
}
