using System.Xml.Linq;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Exchange rates from files to invoices. Rates of 28 June 2024 are those that the European Central Bank published; others are made up.</summary>
[Collection(HostCollection.Name)]
public sealed class ExchangeRateTests(HostFixture host)
{
    private const string Import = "/v1/exchange-rates/import";
    private const string Csv = "Date,USD,JPY,HUF,CYP,\n2024-06-28,1.0705,171.94,395.10,N/A,\n2024-06-27,1.0696,171.86,396.83,N/A,\n";

    private const string Xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
          <Cube><Cube time='2024-06-28'><Cube currency='USD' rate='1.0705'/><Cube currency='HUF' rate='395.11'/></Cube></Cube>
        </gesmes:Envelope>
        """;

    [Fact]
    public async Task A_file_of_the_ecb_is_imported_once_and_amounts_are_converted_with_it()
    {
        using var tenant = await host.NewTenantAsync();
        var first = await tenant.PostAsync(Import, Csv, "text/csv");
        Assert.Equal((200, "ECB", "EUR", "6", "0", "2", "2024-06-27", "2024-06-28"), (
            first.Status, first.Text("source"), first.Text("base"), first.Text("added"), first.Text("unchanged"), first.Text("days"),
            first.Text("firstDate"), first.Text("lastDate")));
        Assert.Equal("0 0 6 0", Counts(await tenant.PostAsync(Import, Csv, "text/csv")));
        var other = await tenant.PostAsync(Import, Xml, "application/xml");
        Assert.Equal("0 0 1 1", Counts(other));
        Assert.Equal(("HUF", "395.11", "395.1"), (other.Text("refusals/0/currency"), other.Text("refusals/0/rate"), other.Text("refusals/0/known")));

        var converted = await tenant.GetAsync("/v1/exchange-rates/convert?amount=100&from=USD&to=HUF&date=2024-06-30");
        Assert.Equal(("36907.99", "369.0798692", "2024-06-28", "EUR"), (
            converted.Text("converted"), converted.Text("rate"), converted.Text("date"), converted.Text("base")));
        Assert.Contains("100.00 USD × 395.1 ÷ 1.0705 = 36907.99 HUF", converted.Text("explanation"), StringComparison.Ordinal);
        Assert.Equal("1719", (await tenant.GetAsync("/v1/exchange-rates/convert?amount=10.00&from=EUR&to=JPY&date=2024-06-28")).Text("converted"));

        Assert.Equal("0 1 1 0", Counts(await tenant.PostAsync($"{Import}?replace=true", Xml, "text/xml")));
        Assert.Equal("395.11", (await tenant.GetAsync("/v1/exchange-rates?date=2024-06-28&currency=HUF")).Text("items/0/rate"));
    }

    [Fact]
    public async Task Rates_are_listed_in_pages_and_by_time()
    {
        using var tenant = await host.NewTenantAsync();
        await tenant.PostAsync(Import, Csv, "text/csv");
        Assert.Equal(201, (await tenant.PutAsync("/v1/exchange-rates", Hmrc("1.2700"))).Status);
        var told = new List<string>();
        for (var path = "/v1/exchange-rates?limit=2"; path.Length > 0;)
        {
            var page = await tenant.GetAsync(path);
            told.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(i => string.Join(
                ' ', i.EnumerateObject().Select(p => p.Value.GetString()))));
            path = page.TextOrNull("next") is { } next and not "null" ? $"/v1/exchange-rates?limit=2&cursor={next}" : "";
        }
        Assert.Equal(
            [
                "ECB EUR HUF 2024-06-27 396.83", "ECB EUR HUF 2024-06-28 395.1", "ECB EUR JPY 2024-06-27 171.86", "ECB EUR JPY 2024-06-28 171.94",
                "ECB EUR USD 2024-06-27 1.0696", "ECB EUR USD 2024-06-28 1.0705", "HMRC GBP USD 2024-06-01 1.27",
            ], told);
        Assert.Equal(3, Items(await tenant.GetAsync("/v1/exchange-rates?from=2024-06-28&to=2024-12-31")));
        Assert.Equal(1, Items(await tenant.GetAsync("/v1/exchange-rates?source=HMRC")));
    }

    [Fact]
    public async Task A_single_rate_has_a_source_and_is_not_overwritten_by_mistake()
    {
        using var tenant = await host.NewTenantAsync();
        Assert.Equal(201, (await tenant.PutAsync("/v1/exchange-rates", Hmrc("1.2700"))).Status);
        Assert.Equal(200, (await tenant.PutAsync("/v1/exchange-rates", Hmrc("1.27"))).Status);
        (await tenant.PutAsync("/v1/exchange-rates", Hmrc("1.28"))).IsProblem(409, "exchange_rate.exists", "/rate");
        Assert.Equal(200, (await tenant.PutAsync("/v1/exchange-rates?replace=true", Hmrc("1.28"))).Status);
        Assert.Equal("1.28", (await tenant.GetAsync("/v1/exchange-rates")).Text("items/0/rate"));
    }

    [Fact]
    public async Task What_is_no_rate_is_refused_with_its_place()
    {
        using var tenant = await host.NewTenantAsync();
        (await tenant.PutAsync("/v1/exchange-rates", Hmrc("0"))).IsProblem(422, "exchange_rate.rate", "/rate");
        (await tenant.PutAsync("/v1/exchange-rates", Hmrc("1").Replace("USD", "GBP", StringComparison.Ordinal)))
            .IsProblem(422, "exchange_rate.currency", "/currency");
        (await tenant.PostAsync(Import, """{ "source": "X", "base": "EUR", "rates": [ { "date": "yesterday", "currency": "USD", "rate": "1" } ] }"""))
            .IsProblem(422, "exchange_rate.date", "/rates/0/date");
        (await tenant.PostAsync(Import, "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "application/xml")).IsProblem(422, "exchange_rate.file");
        (await tenant.PostAsync(Import, "hello", "text/csv")).IsProblem(422, "exchange_rate.file");
        (await tenant.PostAsync(Import, "hello", "text/plain")).IsProblem(415, "request.media_type_unsupported");
        (await tenant.GetAsync("/v1/exchange-rates/convert?amount=1&from=EUR&to=HUF&date=2024-06-28")).IsProblem(404, "exchange_rate.unknown");
        (await tenant.GetAsync("/v1/exchange-rates/convert?amount=0.001&from=EUR&to=HUF&date=2024-06-28")).IsProblem(422, "request.parameter_invalid");
        Assert.Equal(0, Items(await tenant.GetAsync("/v1/exchange-rates")));
    }

    [Fact]
    public async Task An_invoice_shows_its_tax_in_the_currency_of_the_law_on_every_form_of_it()
    {
        using var tenant = await InvoicedAsync();
        (await tenant.GetAsync("/v1/invoices/INV-DE-000001")).IsProblem(404, "invoice.unknown");
        Assert.Equal("tax.no_exchange_rate", (await tenant.GetAsync("/v1/customers/c/drafts")).Text("items/0/holds/0/code"));

        Assert.Equal(200, (await tenant.PostAsync(Import, Csv, "text/csv")).Status);

        // June 2024 ends on a Sunday: the rates of Friday. 27 % of 100.00, × 395.10.
        var invoice = await tenant.GetAsync("/v1/invoices/INV-DE-000001");
        Assert.Equal(("27.00", "HUF", "10667.70", "395.1", "2024-06-28", "ECB", "2024-06-30"), (
            invoice.Text("taxTotal"), invoice.Text("taxConversions/0/currency"), invoice.Text("taxConversions/0/taxInCurrency"),
            invoice.Text("taxConversions/0/rate"), invoice.Text("taxConversions/0/rateDate"), invoice.Text("taxConversions/0/rateSource"),
            invoice.Text("taxConversions/0/taxPoint")));
        Assert.Contains("10&#xA0;667,70&#xA0;HUF", (await tenant.GetAsync("/v1/invoices/INV-DE-000001/html")).Body, StringComparison.Ordinal);
        Assert.Contains("10667.70 HUF", (await tenant.GetAsync("/v1/invoices/INV-DE-000001/explanation")).Body, StringComparison.Ordinal);
        var ubl = XDocument.Parse((await tenant.GetAsync("/v1/invoices/INV-DE-000001/ubl")).Body);
        Assert.Equal("HUF", ubl.Descendants().Single(e => e.Name.LocalName == "TaxCurrencyCode").Value);
        var totals = ubl.Root!.Elements().Where(e => e.Name.LocalName == "TaxTotal").Select(e => e.Elements().First())
            .Select(e => (e.Value, e.Attribute("currencyID")!.Value));
        Assert.Equal([("27.00", "EUR"), ("10667.70", "HUF")], totals);
        Assert.Equal(200, (await tenant.GetAsync("/v1/invoices/INV-DE-000001/pdf")).Status);

        var note = await tenant.CreateAsync("/v1/invoices/INV-DE-000001/credit-notes", """{ "id": "n", "reason": "Outage" }""");
        Assert.Equal("10667.70", note.Text("taxConversions/0/taxInCurrency"));
    }

    private async Task<Caller> InvoicedAsync()
    {
        var tenant = await host.NewTenantAsync(now: "2024-06-01T00:00:00Z");
        var entity = await tenant.PutAsync("/v1/legal-entities/de", """
            { "name": "Fjord IoT GmbH", "address": ["Hafenstraße 1"], "postalCode": "20457", "city": "Hamburg", "country": "DE",
              "timeZone": "Europe/Berlin", "paymentDays": 14, "default": true, "iban": "DE89370400440532013000",
              "tax": { "registrations": [ { "jurisdiction": "DE", "number": "DE136695976", "validFrom": "2020-01-01" },
                { "jurisdiction": "DE", "kind": "ossUnion", "validFrom": "2021-07-01" } ] } }
            """);
        Assert.True(entity.Status == 201, entity.Body);
        await tenant.CreateAsync("/v1/plans", """
            { "id": "p", "currency": "EUR", "charges": [ { "id": "fee", "name": "Connection", "kind": "recurring", "amount": "100.00" } ] }
            """);
        await tenant.CreateAsync("/v1/customers", """
            { "id": "c", "name": "Béla", "currency": "EUR", "address": ["Fő utca 1"], "postalCode": "1011", "city": "Budapest", "country": "HU",
              "language": "en", "tax": { "kind": "consumer" } }
            """);
        await tenant.CreateAsync("/v1/subscriptions", """{ "id": "s", "customer": "c", "plan": "p", "start": "2024-06-01T00:00:00Z" }""");
        Assert.Equal(200, (await tenant.PostAsync("/v1/clock/advance", """{ "to": "2024-07-02T00:00:00Z" }""")).Status);
        return tenant;
    }

    private static string Hmrc(string rate) =>
        $$"""{ "source": "HMRC", "base": "GBP", "currency": "USD", "date": "2024-06-01", "rate": "{{rate}}" }""";

    private static string Counts(Answer answer) => string.Join(
        ' ', new[] { "added", "replaced", "unchanged", "refused" }.Select(name => answer.Text(name)));

    private static int Items(Answer answer) => answer.Json.GetProperty("items").GetArrayLength();
}
