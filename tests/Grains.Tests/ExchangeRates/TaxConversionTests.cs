using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.ExchangeRates;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.Tests.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.ExchangeRates;

/// <summary>A German seller invoices a consumer in Hungary in euro: the tax has to be shown in forint (Directive 2006/112/EC, Art. 230), at the
/// rate of the day of the supply (Art. 91(2)); 31 January 2026 is a Saturday.</summary>
public sealed class TaxConversionTests
{
    private static readonly LocalDate Friday = new(2026, 1, 30);

    [Fact]
    public async Task An_invoice_waits_for_the_rate_of_its_tax_point_and_then_goes_out_by_itself()
    {
        await using var cluster = await Prepared();
        var customer = cluster.Customer("t", "a");
        var draft = Assert.Single((await customer.Drafts())!);
        Assert.Equal([TaxHoldCodes.NoExchangeRate], draft.Holds.Select(h => h.Code));
        Assert.Contains("HUF", draft.Holds[0].Message, StringComparison.Ordinal);
        Assert.Equal(TaxHoldCodes.NoExchangeRate, (await customer.Finalize(draft.Id)).Errors[0].Code);
        // An older rate is not taken: the file of Friday may come yet.
        await TakeAsync(cluster, "ECB", "HUF", Friday.PlusDays(-1), 400m);
        Assert.Single((await customer.Drafts())!);

        await TakeAsync(cluster, "ECB", "HUF", Friday, 395.10m);

        var invoice = (await customer.Invoice("INV-DE-000001"))!;
        var shown = Assert.Single(invoice.TaxConversions!);
        // 27 % of 100.01 are 27.00; × 395.10.
        Assert.Equal(("HU", "27.00", "10667.70", "HUF"), (
            shown.Jurisdiction, shown.Tax.ToString(), shown.Converted.ToString(), shown.Converted.Currency.Code));
        Assert.Equal((new LocalDate(2026, 1, 31), Friday, "ECB", 395.10m), (shown.TaxPoint, shown.Rate.Date, shown.Rate.Source, shown.Rate.Rate));
        await AgreesAsync(cluster);
        Assert.Equal(shown, Assert.Single((await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!.TaxConversions!));
    }

    [Fact]
    public async Task Credit_notes_take_back_exactly_what_was_converted()
    {
        await using var cluster = await Prepared();
        await TakeAsync(cluster, "ECB", "HUF", Friday, 395.13m);
        var customer = cluster.Customer("t", "a");
        var notes = new List<CreditNoteView>();
        for (var n = 0; n < 3; n++)
        {
            notes.Add(Ok(await customer.IssueCreditNote(new($"n{n}", "INV-DE-000001", "part", [new(1, 1.11m), new(2, 3.33m)]))));
        }
        notes.Add(Ok(await customer.IssueCreditNote(new("rest", "INV-DE-000001", "rest", null))));
        var invoice = (await customer.Invoice("INV-DE-000001"))!.TaxConversions![0];
        Assert.Equal(invoice.Converted.ToDecimal(), notes.Sum(n => n.TaxConversions![0].Converted.ToDecimal()));
        Assert.Equal(invoice.Tax.ToDecimal(), notes.Sum(n => n.TaxConversions![0].Tax.ToDecimal()));
        await AgreesAsync(cluster);
    }

    [Fact]
    public async Task Another_source_is_a_setting_of_the_legal_entity()
    {
        await using var cluster = await Prepared("Bank");
        await TakeAsync(cluster, "ECB", "HUF", Friday, 395.10m);
        Assert.Single((await cluster.Customer("t", "a").Drafts())!);
        await TakeAsync(cluster, "Bank", "HUF", new(2026, 1, 5), 390m);
        Assert.Equal("10530.00", (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!.TaxConversions![0].Converted.ToString());
    }

    [Fact]
    public async Task A_known_rate_stays_unless_it_is_replaced_and_invoices_keep_theirs()
    {
        await using var cluster = await Prepared();
        var rates = cluster.Grains.GetGrain<IExchangeRatesGrain>("t");
        Assert.Equal(new RateCounts("HUF", 1, 0, 0, 0), Assert.Single((await TakeAsync(cluster, "ECB", "HUF", Friday, 395.10m)).Counts));
        Assert.Equal(new RateCounts("HUF", 0, 0, 1, 0), Assert.Single((await TakeAsync(cluster, "ECB", "HUF", Friday, 395.1m)).Counts));
        var refused = await TakeAsync(cluster, "ECB", "HUF", Friday, 396m);
        Assert.Equal(395.10m, Assert.Single(refused.Refused).Known);
        Assert.Equal(new RateCounts("HUF", 0, 0, 0, 1), Assert.Single(refused.Counts));
        var replaced = await rates.Take(Sheet("ECB", "HUF", Friday, 396m), replace: true);
        Assert.Equal(new RateCounts("HUF", 0, 1, 0, 0), Assert.Single(replaced.Counts));

        await AgreesAsync(cluster);
        rates = cluster.Grains.GetGrain<IExchangeRatesGrain>("t");
        Assert.Equal(396m, Assert.Single(await rates.List(new(null, null, "2026-01-01", "2026-12-31", null, 10))).Rate);
        Assert.Equal(396m, (await rates.Find([new("ECB", "EUR", "HUF", Friday)]))[0]!.Rate);
        Assert.Equal(395.10m, (await cluster.Customer("t", "a").Invoice("INV-DE-000001"))!.TaxConversions![0].Rate.Rate);
    }

    [Fact]
    public async Task What_is_no_sheet_is_an_error_of_the_caller()
    {
        await using var cluster = await Prepared();
        await Assert.ThrowsAsync<ArgumentException>(() => TakeAsync(cluster, "ECB", "EUR", Friday, 1m));
        await Assert.ThrowsAsync<ArgumentException>(() => TakeAsync(cluster, "ECB", "HUF", Friday, 0m));
        await Assert.ThrowsAsync<ArgumentException>(() => TakeAsync(cluster, " ", "HUF", Friday, 1m));
    }

    [Fact]
    public void A_currency_in_json_is_its_code_and_the_form_of_earlier_versions_is_read_too()
    {
        var rule = new TaxCurrencyRule("HU", Currency.FromCode("HUF"), "law", Friday);
        var json = JsonSerializer.Serialize(rule, BillingJson.Options);
        Assert.Equal("""{"jurisdiction":"HU","currency":"HUF","source":"law","taxPoint":"2026-01-30"}""", json);
        Assert.Equal(rule, JsonSerializer.Deserialize<TaxCurrencyRule>(json, BillingJson.Options));
        Assert.Equal(rule with { TaxPoint = null }, JsonSerializer.Deserialize<TaxCurrencyRule>(
            """{"jurisdiction":"HU","currency":{"code":"HUF","minorUnitDigits":2,"name":"Forint"},"source":"law"}""", BillingJson.Options));
    }

    private static async Task<RateSheetResult> TakeAsync(BillingCluster cluster, string source, string currency, LocalDate date, decimal rate)
    {
        var rates = cluster.Grains.GetGrain<IExchangeRatesGrain>("t");
        var result = await rates.Take(Sheet(source, currency, date, rate), replace: false);
        await rates.IssueWaiting();
        return result;
    }

    private static RateSheet Sheet(string source, string currency, LocalDate date, decimal rate) =>
        new(source, "EUR", [currency], [new(date, [rate])]);

    private static async Task AgreesAsync(BillingCluster cluster)
    {
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.RestartAsync();
        await cluster.RestartAsync();
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        Assert.True((await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").Verify("de")).IsIntact);
    }

    private static async Task<BillingCluster> Prepared(string? source = null)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-01T00:00:00Z");
        await cluster.PublishAsync("t", """
            {"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"33.34"},{"id":"line","kind":"recurring","amount":"66.67"}]}
            """);
        TaxRegistration[] registered =
        [
            new("DE", TaxRegistrationKind.Ordinary, "DE136695976", new(2020, 1, 1)), new("DE", TaxRegistrationKind.OssUnion, null, new(2021, 7, 1)),
        ];
        var tax = new LegalEntityTax(registered, TaxClasses.Telecommunications, false, TaxRounding.PerInvoice, false, null, source);
        Ok(await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").SetLegalEntity(InvoiceSealTests.Entity("de", isDefault: true) with { Tax = tax }));
        Ok(await cluster.Customer("t", "a").Register(InvoiceSealTests.Customer("a", null) with
        {
            Country = "HU", PostalCode = "1011", Tax = new(BuyerKind.Consumer, null, TaxNumberCheck.NotAsked, []),
        }));
        await cluster.SubscribeAsync("t", "a", "s", "p", "2026-01-01T00:00:00Z", registered: true);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        return cluster;
    }
}
