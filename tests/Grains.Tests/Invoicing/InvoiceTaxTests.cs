using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Taxation;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Invoicing;

/// <summary>Taxes from the running bill to the credit note. The rules themselves are tested with the tax engine.</summary>
public sealed class InvoiceTaxTests
{
    private static readonly TaxRegistration German = new("DE", TaxRegistrationKind.Ordinary, "DE136695976", new(2020, 1, 1));

    [Fact]
    public async Task The_running_bill_tells_the_tax_that_the_invoice_has()
    {
        await using var cluster = await Prepared(Business("DE", "DE136695976"), Taxed());
        var bill = await cluster.BillAsync("t", "a");
        Assert.Equal((100.01m, 19.00m, 119.01m, 119.01m), (bill.Total, bill.Tax!.Tax, bill.Tax.Gross, bill.AmountDue));
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");

        var invoice = (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!;
        Assert.Equal((100.01m, 19.00m, 119.01m, 119.01m), (invoice.Total, invoice.TaxTotal(), invoice.GrossTotal(), invoice.AmountDue()));
        var tax = Assert.Single(invoice.Tax!.Breakdown);
        Assert.Equal((TaxCategory.Standard, 19m, "DE"), (tax.Key.Category, tax.Key.Rate, tax.Key.Jurisdiction));
        Assert.Equal(["1", "2"], invoice.Tax.Lines.Select(l => l.LineId));
        Assert.Equal(
            ["receivable -119.01", "revenue 100.01", "tax 19.00"],
            (await cluster.Customer("t", "a").Journal(null, 10))!.Items[0].Postings.Select(p => $"{p.Account} {p.Amount}"));
        await AgreesAsync(cluster);
    }

    [Fact]
    public async Task A_business_of_another_member_state_owes_the_tax_itself()
    {
        await using var cluster = await Prepared(Business("FR", "FR40303265045"), Taxed());
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var invoice = (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!;
        Assert.Equal((0m, 100.01m), (invoice.TaxTotal(), invoice.AmountDue()));
        Assert.Equal(TaxCategory.ReverseCharge, Assert.Single(invoice.Tax!.Breakdown).Key.Category);
        Assert.Contains(invoice.Tax.Notes, n => n.Key == "reverse_charge" && n.IsRequired);
    }

    [Fact]
    public async Task A_country_without_rules_holds_the_invoice_until_the_customer_is_mended()
    {
        await using var cluster = await Prepared(Business("BR", null), Taxed());
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        var draft = Assert.Single((await customer.Drafts())!);
        Assert.Contains(draft.Holds, h => h.Code == TaxHoldCodes.NoRules);
        Assert.Contains((await cluster.BillAsync("t", "a")).Tax!.Holds, h => h.Code == TaxHoldCodes.NoRules);
        var refused = await customer.Finalize(draft.Id);
        Assert.Equal(Contracts.Common.CommandOutcome.Conflict, refused.Outcome);
        Assert.Equal(TaxHoldCodes.NoRules, refused.Errors[0].Code);

        Ok(await customer.Change(Business("AT", "ATU37675002")));

        Assert.Equal("INV-DE-000001", Assert.Single((await customer.Invoices(null, 10)).Items).Id);
        await AgreesAsync(cluster);
    }

    [Fact]
    public async Task Prices_that_include_tax_stay_what_the_customer_pays()
    {
        await using var cluster = await Prepared(Business("DE", null) with { Tax = null }, Taxed() with { PricesIncludeTax = true });
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var invoice = (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!;
        // 100.01 / 1.19 = 84.042…
        Assert.Equal((100.01m, 15.97m, 100.01m, 84.04m), (
            invoice.Total, invoice.TaxTotal(), invoice.AmountDue(), invoice.Tax!.Net.ToDecimal()));
        await AgreesAsync(cluster);
    }

    [Fact]
    public async Task Wallets_pay_the_amount_with_tax()
    {
        await using var cluster = await Prepared(Business("DE", "DE136695976"), Taxed());
        var customer = cluster.Customer("t", "a");
        Ok(await customer.OpenWallet(new("w", null, 100, null, 0m)));
        Ok(await customer.Grant("w", new("g", CreditKind.Paid, 110m, null, null, null)));
        Assert.Equal(9.01m, (await cluster.BillAsync("t", "a")).AmountDue);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var invoice = (await customer.Invoice("INV-DE-000001"))!;
        Assert.Equal((110m, 9.01m), (invoice.WalletAmount(), invoice.AmountDue()));
        await AgreesAsync(cluster);
    }

    [Fact]
    public async Task Credit_notes_take_back_exactly_the_tax_that_was_charged()
    {
        await using var cluster = await Prepared(Business("DE", "DE136695976"), Taxed());
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var customer = cluster.Customer("t", "a");
        var notes = new List<CreditNoteView>();
        for (var n = 0; n < 7; n++)
        {
            notes.Add(Ok(await customer.IssueCreditNote(new($"n{n}", "INV-DE-000001", "part", [new(1, 1.11m), new(2, 3.33m)]))));
        }
        notes.Add(Ok(await customer.IssueCreditNote(new("rest", "INV-DE-000001", "rest", null))));
        Assert.All(notes, n => Assert.Equal(n.GrossTotal(), n.Total + n.TaxTotal()));
        Assert.Equal((100.01m, 19.00m), (notes.Sum(n => n.Total), notes.Sum(n => n.TaxTotal())));
        Assert.All(notes, n => Assert.Equal(n.TaxTotal(), n.Tax!.Breakdown.Sum(b => b.Amount.ToDecimal())));
        Assert.Equal(SettlementState.Paid, (await customer.Invoice("INV-DE-000001"))!.Settlement!.State);
        await AgreesAsync(cluster);
    }

    [Fact]
    public async Task Charges_of_different_tax_classes_are_taxed_by_their_own_rules()
    {
        // A business of another member state owes the tax on services (Directive 2006/112/EC, Art. 196); goods sent to it are exempt (Art. 138).
        await using var cluster = await Prepared(Business("FR", "FR40303265045"), Taxed(), lineClass: "goods");
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var lines = (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!.Tax!.Lines;
        Assert.Equal([TaxCategory.ReverseCharge, TaxCategory.IntraCommunity], lines.Select(l => Assert.Single(l.Taxes).Key.Category));
    }

    private static LegalEntityTax Taxed() => new([German], TaxClasses.Telecommunications, false, TaxRounding.PerInvoice, false, null);

    private static CustomerSpec Business(string country, string? taxNumber) => InvoiceSealTests.Customer("a", null) with
    {
        Country = country, PostalCode = "20457",
        Tax = new(BuyerKind.Business, taxNumber, TaxNumberCheck.NotAsked, []),
    };

    private static async Task AgreesAsync(BillingCluster cluster)
    {
        await cluster.RestartAsync();
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        Assert.True((await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").Verify("de")).IsIntact);
    }

    private static async Task<BillingCluster> Prepared(CustomerSpec customer, LegalEntityTax tax, string? lineClass = null)
    {
        var cluster = await BillingCluster.StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        await cluster.PublishAsync("t", $$"""
            {"id":"p","currency":"EUR","charges":[
              {"id":"fee","kind":"recurring","amount":"33.34"},
              {"id":"line","kind":"recurring","amount":"66.67"{{(lineClass is null ? "" : $",\"taxClass\":\"{lineClass}\"")}}}]}
            """);
        Ok(await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true) with { Tax = tax }));
        Ok(await cluster.Customer("t", "a").Register(customer));
        await cluster.SubscribeAsync("t", "a", "s", "p", "2026-01-01T00:00:00Z", registered: true);
        return cluster;
    }
}
