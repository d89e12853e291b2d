using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>Invoices that wait for somebody.</summary>
public sealed class DraftTests
{
    private const string Use = """{"id":"p","currency":"EUR","charges":[{"id":"use","meter":"m","unitPrice":"1"}]}""";

    [Fact]
    public async Task With_review_an_invoice_waits_for_approval_and_stays_on_the_running_bill()
    {
        await using var cluster = await Prepared(InvoiceSealTests.Entity("de", isDefault: true) with { Review = true });
        await UseAsync(cluster, "2026-01-15T00:00:00Z", 12m);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        var draft = Assert.Single((await customer.Drafts())!);
        Assert.Equal(("20260201T000000Z-0", "review.required", 12m, ""), (draft.Id, Assert.Single(draft.Holds).Code, draft.Invoice.Total, draft.Invoice.Id));
        Assert.Empty((await customer.Invoices(null, 10)).Items);
        Assert.Equal(12m, (await cluster.BillAsync("t", "a")).Total);
        await cluster.RestartAsync();

        customer = cluster.Customer("t", "a");
        Assert.Equal(CommandOutcome.NotFound, (await customer.Finalize("20260301T000000Z-0")).Outcome);
        Assert.Equal(CommandOutcome.NotFound, (await customer.Finalize("nonsense")).Outcome);
        var invoice = await customer.Finalize(draft.Id);
        Assert.Equal((CommandOutcome.Updated, "INV-DE-000001"), (invoice.Outcome, invoice.Value!.Id));
        Assert.Equal((CommandOutcome.Unchanged, "INV-DE-000001"), await AgainAsync(customer, draft.Id));
        Assert.Empty((await customer.Drafts())!);
        Assert.Equal(0m, (await cluster.BillAsync("t", "a")).Total);
    }

    [Fact]
    public async Task A_bill_far_above_the_usual_one_is_held_and_the_next_one_is_not()
    {
        await using var cluster = await Prepared(InvoiceSealTests.Entity("de", isDefault: true) with { ReviewAbove = 10m });
        foreach (var (month, value) in new[] { (1, 5m), (2, 7m), (3, 50m), (4, 70.01m), (5, 6m) })
        {
            await UseAsync(cluster, $"2026-{month:D2}-15T00:00:00Z", value);
        }
        await cluster.AdvanceAsync("t", "2026-06-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        // The usual bill is 7.00 in May: 5, 7 and 50 were issued. A customer without wallets gets later bills all the same.
        Assert.Equal([6m, 50m, 7m, 5m], (await customer.Invoices(null, 10)).Items.Select(i => i.Total));
        var draft = Assert.Single((await customer.Drafts())!);
        Assert.Equal((70.01m, "review.unusual_amount"), (draft.Invoice.Total, Assert.Single(draft.Holds).Code));
        Ok(await customer.Finalize(draft.Id));
        Assert.Equal("INV-DE-000005", (await customer.Invoices(null, 1)).Items[0].Id);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public async Task With_a_wallet_later_invoices_wait_behind_one_that_is_held()
    {
        await using var cluster = await Prepared(InvoiceSealTests.Entity("de", isDefault: true) with { Review = true });
        var customer = cluster.Customer("t", "a");
        Ok(await customer.OpenWallet(new("w", null, 100, null, 0m)));
        Ok(await customer.Grant("w", new("g", Core.Balances.CreditKind.Paid, 10m, null, null, null)));
        await UseAsync(cluster, "2026-01-15T00:00:00Z", 8m);
        await UseAsync(cluster, "2026-02-15T00:00:00Z", 6m);
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        var drafts = (await customer.Drafts())!;
        Assert.Equal(2, drafts.Length);
        var later = await customer.Finalize(drafts[1].Id);
        Assert.Equal((CommandOutcome.Conflict, "draft.waits"), (later.Outcome, later.Errors[0].Code));

        Ok(await customer.Finalize(drafts[0].Id));

        // The later one was approved already.
        var invoices = (await customer.Invoices(null, 10)).Items;
        Assert.Equal([(8m, 8m), (6m, 2m)], invoices.Reverse().Select(i => (i.Total, i.WalletAmount())));
    }

    [Fact]
    public async Task Drafts_of_all_customers_are_listed_by_customer()
    {
        await using var cluster = await Prepared(InvoiceSealTests.Entity("de", isDefault: true) with { Review = true });
        await UseAsync(cluster, "2026-01-15T00:00:00Z", 8m);
        await cluster.SubscribeAsync("t", "b", "s-b", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d-b", "s-b");
        await cluster.SendAsync("t", Event("e", "d-b", "m", "2026-01-10T00:00:00Z", 1m));
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var all = new List<string>();
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            all.AddRange((await cluster.Grains.GetGrain<Contracts.Partitions.IPartitionGrain>(p).Drafts("t", null, 10)).Select(d => d.Place));
        }
        Assert.Equal(["a/20260201T000000Z-0", "b/20260201T000000Z-0"], all.Order(StringComparer.Ordinal));
    }

    private static async Task<(CommandOutcome, string)> AgainAsync(Contracts.Customers.ICustomerGrain customer, string draft)
    {
        var result = await customer.Finalize(draft);
        return (result.Outcome, result.Value!.Id);
    }

    private static async Task<BillingCluster> Prepared(LegalEntitySpec entity)
    {
        var cluster = await BillingCluster.StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z", windowDays: 300);
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", Use);
        Ok(await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").SetLegalEntity(entity));
        await cluster.SubscribeAsync("t", "a", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        return cluster;
    }

    private static async Task UseAsync(BillingCluster cluster, string day, decimal value)
    {
        await cluster.AdvanceAsync("t", day);
        await cluster.SendAsync("t", Event(day, "d", "m", day, value));
    }
}
