using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>Credit notes, payments and what they leave.</summary>
public sealed class ReceivablesTests
{
    private const string Rent = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"fee","kind":"recurring","amount":"9.50"},{"id":"line","kind":"recurring","amount":"20.00"}]}
        """;

    [Fact]
    public async Task A_payment_pays_what_was_issued_first_and_what_is_over_pays_the_next_invoice()
    {
        await using var cluster = await Prepared("2026-03-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        var paid = Ok(await customer.RecordPayment(new("p1", 70.00m, null, "transfer", "RF18", null)));
        Assert.Equal(
            [("INV-DE-000001", 29.50m), ("INV-DE-000002", 29.50m)], paid.Allocations.Select(a => (a.Invoice, a.Amount.ToDecimal())));
        Assert.Equal(11.00m, paid.Unapplied.ToDecimal());
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");

        var invoices = (await customer.Invoices(null, 10)).Items;
        Assert.Equal(
            [(SettlementState.PartiallyPaid, 18.50m), (SettlementState.Paid, 0m), (SettlementState.Paid, 0m)],
            invoices.Select(i => (i.Settlement!.State, i.Settlement.Outstanding.ToDecimal())));
        Assert.Equal((18.50m, 0m, 0m), Account(await customer.Account()));
        await cluster.AdvanceAsync("t", "2026-05-01T22:00:00Z");
        Assert.Equal(SettlementState.Overdue, (await customer.Invoice("INV-DE-000003"))!.Settlement!.State);
        await SameAfterRestartAsync(cluster);
    }

    [Fact]
    public async Task The_due_date_is_the_last_day_where_the_seller_is()
    {
        await using var cluster = await Prepared("2026-02-02T00:00:00Z");
        // Issued on 1 February in Berlin, due on 3 March; the day ends at 23:00 UTC.
        await cluster.AdvanceAsync("t", "2026-03-03T22:59:59Z");
        Assert.Equal(SettlementState.Unpaid, (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!.Settlement!.State);
        await cluster.AdvanceAsync("t", "2026-03-03T23:00:00Z");
        Assert.Equal(SettlementState.Overdue, (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!.Settlement!.State);
    }

    [Fact]
    public async Task A_reversed_payment_opens_again_what_it_paid()
    {
        await using var cluster = await Prepared("2026-03-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        Ok(await customer.RecordPayment(new("p1", 40.00m, null, null, null, ["INV-DE-000002", "INV-DE-000001"])));
        Assert.Equal((19.00m, 0m, 0m), Account(await customer.Account()));
        Assert.Equal(CommandOutcome.Updated, (await customer.ReversePayment("p1", "charged back")).Outcome);
        Assert.Equal(CommandOutcome.Unchanged, (await customer.ReversePayment("p1", "charged back")).Outcome);
        Assert.Equal((59.00m, 0m, 0m), Account(await customer.Account()));
        await SameAfterRestartAsync(cluster);
    }

    [Fact]
    public async Task A_credit_note_lowers_what_is_open_first_and_the_rest_lowers_the_next_invoice()
    {
        await using var cluster = await Prepared("2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        Ok(await customer.RecordPayment(new("p1", 25.00m, null, null, null, null)));
        var note = Ok(await customer.IssueCreditNote(new("n1", "INV-DE-000001", "outage", [new(2, 12.00m)])));
        Assert.Equal(("CN-DE-000001", 12.00m, 4.50m, 7.50m), (
            note.Id, note.Total, note.AppliedToInvoice.ToDecimal(), note.ToBalance.ToDecimal()));
        Assert.Equal((0m, 7.50m, 0m), Account(await customer.Account()));
        Ok(await customer.Refund(new("r1", 2.00m, null)));
        Assert.Equal((0m, 5.50m, 0m), Account(await customer.Account()));
        Assert.Equal(5.50m, (await cluster.BillAsync("t", "a")).CreditApplied);
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");

        var next = (await customer.Invoice("INV-DE-000002"))!;
        Assert.Equal((5.50m, 24.00m), (next.CreditApplied, next.AmountDue()));
        Assert.Equal(["INV-DE-000001", "CN-DE-000001", "INV-DE-000002"], (await Series(cluster).Chain("de", 0, 10)).Select(e => e.Seal.Number));
        Assert.Equal(
            ["invoice", "payment", "creditNote", "refund", "invoice"], (await customer.Journal(null, 10))!.Items.Select(e => e.Kind));
        await SameAfterRestartAsync(cluster);
    }

    [Fact]
    public async Task A_credit_note_without_lines_voids_the_invoice_and_takes_back_each_line_once()
    {
        await using var cluster = await Prepared("2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        Ok(await customer.IssueCreditNote(new("n1", "INV-DE-000001", "part", [new(1, 1.50m)])));
        var rest = Ok(await customer.IssueCreditNote(new("n2", "INV-DE-000001", "void", null)));
        Assert.Equal([(1, 8.00m), (2, 20.00m)], rest.Lines.Select(l => (l.InvoiceLine, l.Amount.ToDecimal())));
        var invoice = (await customer.Invoice("INV-DE-000001"))!;
        Assert.Equal((SettlementState.Paid, 29.50m), (invoice.Settlement!.State, invoice.Settlement.Credited.ToDecimal()));
        Assert.Equal(["CN-DE-000001", "CN-DE-000002"], invoice.Settlement.CreditNotes);
        Refused("credit_note.nothing_left /lines", await customer.IssueCreditNote(new("n3", "INV-DE-000001", "again", null)));
        await SameAfterRestartAsync(cluster);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_with_the_place_and_a_repeat_is_answered_the_same()
    {
        await using var cluster = await Prepared("2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        Refused("invoice.unknown", await customer.IssueCreditNote(new("n", "INV-DE-000009", "x", null)));
        Refused("credit_note.line /lines/0/line", await customer.IssueCreditNote(new("n", "INV-DE-000001", "x", [new(3, 1m)])));
        Refused("credit_note.amount /lines/0/amount", await customer.IssueCreditNote(new("n", "INV-DE-000001", "x", [new(1, 9.51m)])));
        Refused("credit_note.amount /lines/0/amount", await customer.IssueCreditNote(new("n", "INV-DE-000001", "x", [new(1, -1m)])));
        Refused("credit_note.amount /lines/0/amount", await customer.IssueCreditNote(new("n", "INV-DE-000001", "x", [new(1, 0.001m)])));
        Refused("credit_note.line_twice /lines/1/line", await customer.IssueCreditNote(new("n", "INV-DE-000001", "x", [new(1, 1m), new(1, 1m)])));
        Refused("payment.amount /amount", await customer.RecordPayment(new("p", 0m, null, null, null, null)));
        Refused("payment.amount /amount", await customer.RecordPayment(new("p", decimal.MaxValue, null, null, null, null)));
        Refused("payment.received_at /receivedAt", await customer.RecordPayment(new("p", 1m, At("2026-02-02T00:00:01Z"), null, null, null)));
        Refused("invoice.unknown /invoices/1", await customer.RecordPayment(new("p", 1m, null, null, null, ["INV-DE-000001", "nope"])));
        Refused("refund.amount /amount", await customer.Refund(new("r", 0.01m, null)));
        Refused("payment.unknown", await customer.ReversePayment("p", "x"));

        CreditNoteSpec spec = new("n", "INV-DE-000001", "x", [new(1, 1m)]);
        var note = Ok(await customer.IssueCreditNote(spec));
        Assert.Equal(CommandOutcome.Unchanged, (await customer.IssueCreditNote(spec with { Lines = [new(1, 1m)] })).Outcome);
        Refused("credit_note.exists /id", await customer.IssueCreditNote(spec with { Lines = [new(1, 2m)] }));
        Assert.Equal(note.Id, (await customer.CreditNote("CN-DE-000001"))!.Id);
        PaymentSpec payment = new("p", 5m, null, null, null, ["INV-DE-000001"]);
        Ok(await customer.RecordPayment(payment));
        Assert.Equal(CommandOutcome.Unchanged, (await customer.RecordPayment(payment with { Invoices = ["INV-DE-000001"] })).Outcome);
        Refused("payment.exists /id", await customer.RecordPayment(payment with { Amount = 6m }));
        Assert.Equal((23.50m, 0m, 0m), Account(await customer.Account()));
    }

    [Fact]
    public async Task What_is_given_up_is_uncollectible_and_no_longer_owed()
    {
        await using var cluster = await Prepared("2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        Ok(await customer.RecordPayment(new("p", 5m, null, null, null, null)));
        var invoice = Ok(await customer.WriteOff("INV-DE-000001", "insolvent"));
        Assert.Equal((SettlementState.Uncollectible, 24.50m), (invoice.Settlement!.State, invoice.Settlement.WrittenOff.ToDecimal()));
        Assert.Equal(CommandOutcome.Unchanged, (await customer.WriteOff("INV-DE-000001", "insolvent")).Outcome);
        Assert.Equal((0m, 0m, 0m), Account(await customer.Account()));
        await SameAfterRestartAsync(cluster);
    }

    private static async Task<BillingCluster> Prepared(string now)
    {
        var cluster = await BillingCluster.StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        await cluster.PublishAsync("t", Rent);
        Ok(await Series(cluster).SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true)));
        await cluster.SubscribeAsync("t", "a", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.AdvanceAsync("t", now);
        return cluster;
    }

    private static IInvoiceSeriesGrain Series(BillingCluster cluster) => cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t");

    private static (decimal Outstanding, decimal Balance, decimal Unapplied) Account(AccountView? account) =>
        (account!.Outstanding.ToDecimal(), account.Balance.ToDecimal(), account.Unapplied.ToDecimal());

    private static void Refused<T>(string expected, CommandResult<T> result) where T : class
    {
        Assert.False(result.Succeeded);
        Assert.Equal(expected, string.Join("; ", result.Errors.Select(e => $"{e.Code} {e.Pointer}".TrimEnd())));
    }

    /// <summary>From the log and from a snapshot everything is as it was; and the audit and the chain agree.</summary>
    private static async Task SameAfterRestartAsync(BillingCluster cluster)
    {
        var before = await ToldAsync(cluster);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal(before, await ToldAsync(cluster));
        await cluster.RestartAsync();
        await cluster.RestartAsync();
        Assert.Equal(before, await ToldAsync(cluster));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        Assert.True((await Series(cluster).Verify("de")).IsIntact);
    }

    private static async Task<string> ToldAsync(BillingCluster cluster)
    {
        var customer = cluster.Customer("t", "a");
        return System.Text.Json.JsonSerializer.Serialize(
            new object?[]
            {
                (await customer.Invoices(null, 10)).Items, (await customer.CreditNotes(null, 10))!.Items, (await customer.Payments(null, 10))!.Items,
                await customer.Account(), (await customer.Journal(null, 100))!.Items,
            },
            Contracts.Serialization.BillingJson.Options);
    }
}
