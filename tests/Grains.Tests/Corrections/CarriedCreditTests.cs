using OrleansBilling.Contracts.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Corrections.CorrectionScenario;

namespace OrleansBilling.Grains.Tests.Corrections;

public sealed class CarriedCreditTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[{"id":"data","meter":"data","model":"graduated",
          "tiers":[{"upTo":"100","unitPrice":"0.10"},{"unitPrice":"0.05"}]}]}
        """;

    /// <summary>
    /// January: 150 MB are 12.50. Without the 90 MB of e1 the 60 that are left are 6.00, so 6.50 go back: not the 9.00 that the event
    /// was worth by itself. February: 20 MB are 2.00. March: 150 MB are 12.50.
    /// </summary>
    [Fact]
    public async Task A_correction_is_the_difference_of_the_tiers_and_what_falls_below_zero_lowers_the_next_invoice()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-31T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        var e1 = Event("e1", "d", "data", "2026-01-05T00:00:00Z", 90m);
        await cluster.SendAsync("t", [e1, Event("e2", "d", "data", "2026-01-06T00:00:00Z", 60m)]);
        await cluster.AdvanceAsync("t", "2026-02-05T00:00:00Z");
        Done(await CorrectAsync(cluster, "t", Void(e1)));
        await cluster.SendAsync("t", Event("e3", "d", "data", "2026-02-05T00:00:00Z", 20m));
        Assert.Equal(-4.50m, (await cluster.BillAsync("t", "c")).AmountDue);
        await cluster.AdvanceAsync("t", "2026-03-05T00:00:00Z");
        await cluster.SendAsync("t", Event("e4", "d", "data", "2026-03-05T00:00:00Z", 30m));
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal((3.00m, 3.00m, 0.00m), (bill.Total, bill.CreditApplied, bill.AmountDue));
        await cluster.SendAsync("t", Event("e5", "d", "data", "2026-03-05T00:00:00Z", 120m));
        await cluster.RestartAsync();
        bill = await cluster.BillAsync("t", "c");
        Assert.Equal((12.50m, 4.50m, 8.00m), (bill.Total, bill.CreditApplied, bill.AmountDue));
        await cluster.AdvanceAsync("t", "2026-04-05T00:00:00Z");

        InvoiceView[] invoices = [.. (await cluster.Customer("t", "c").Invoices(null, 10)).Items.OrderBy(i => i.PeriodEnd)];
        Assert.Equal([(12.50m, null, 12.50m), (-4.50m, null, -4.50m), (12.50m, 4.50m, 8.00m)],
            invoices.Select(i => (i.Total, i.CreditApplied, i.AmountDue())));
        Assert.Equal(
            [("usage", 2.00m, At("2026-02-01T00:00:00Z")), ("correction", -6.50m, At("2026-01-01T00:00:00Z"))],
            invoices[1].Lines.Select(l => (l.Kind, l.Amount.ToDecimal(), l.PeriodStart)));

        // From the line to what it takes back, and from January's line to what it billed then.
        var behind = (await cluster.Customer("t", "c").LineEvents(invoices[1].Id, 2, null, 10))!.Items;
        Assert.Equal([("e1", -90m, "void-e1", true)],
            behind.Select(e => (e.Id, e.Quantity, e.Correction!.Id, e.Correction.Withdrawn)));
        Assert.Equal(["e1", "e2"], (await cluster.Customer("t", "c").LineEvents(invoices[0].Id, 1, null, 10))!.Items.Select(e => e.Id));
        await AgreesAsync(cluster, "t");
    }
}
