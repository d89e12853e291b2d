using System.Globalization;
using System.Xml.Linq;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Invoices;

/// <summary>Invoices and credit notes as PDF and as e-invoices, from the API to the file.</summary>
[Collection(HostCollection.Name)]
public sealed class InvoiceFileTests(HostFixture host)
{
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";

    [Fact]
    public async Task An_invoice_and_its_credit_note_are_e_invoices_with_the_amounts_of_the_api()
    {
        using var tenant = await InvoicedAsync();
        var invoice = (await tenant.GetAsync("/v1/invoices/INV-DE-000001")).Json;
        var ubl = await FileAsync(tenant, "/v1/invoices/INV-DE-000001/ubl", "application/xml");
        var total = ubl.Root!.Element(Cac + "LegalMonetaryTotal")!;
        Assert.Equal("INV-DE-000001", ubl.Root!.Element(Cbc + "ID")!.Value);
        Assert.Equal(Amount(invoice.GetProperty("total").GetString()!), Amount(total.Element(Cbc + "TaxExclusiveAmount")!.Value));
        Assert.Equal(Amount(invoice.GetProperty("grossTotal").GetString()!), Amount(total.Element(Cbc + "TaxInclusiveAmount")!.Value));
        Assert.Equal(Amount(invoice.GetProperty("amountDue").GetString()!), Amount(total.Element(Cbc + "PayableAmount")!.Value));
        Assert.Equal(Amount(invoice.GetProperty("taxTotal").GetString()!), Amount(ubl.Root!.Element(Cac + "TaxTotal")!.Element(Cbc + "TaxAmount")!.Value));
        Assert.Equal(2, ubl.Root!.Elements(Cac + "InvoiceLine").Count());

        var note = await tenant.CreateAsync(
            "/v1/invoices/INV-DE-000001/credit-notes", """{ "id": "n", "reason": "Outage", "lines": [ { "line": 1, "amount": "2.50" } ] }""");
        var credit = await FileAsync(tenant, $"/v1/credit-notes/{note.Text("id")}/ubl", "application/xml");
        Assert.Equal("CreditNote", credit.Root!.Name.LocalName);
        Assert.Equal("INV-DE-000001", credit.Descendants(Cac + "InvoiceDocumentReference").Single().Element(Cbc + "ID")!.Value);
        Assert.Equal(
            Amount(note.Text("grossTotal")), Amount(credit.Root!.Element(Cac + "LegalMonetaryTotal")!.Element(Cbc + "PayableAmount")!.Value));
    }

    [Theory]
    [InlineData("a4")]
    [InlineData("letter")]
    public async Task A_pdf_is_the_same_bytes_each_time(string paper)
    {
        using var tenant = await InvoicedAsync();
        var pdf = await BytesAsync(tenant, $"/v1/invoices/INV-DE-000001/pdf?paper={paper}");
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8));
        Assert.Equal(pdf, await BytesAsync(tenant, $"/v1/invoices/INV-DE-000001/pdf?paper={paper}"));
        (await tenant.GetAsync("/v1/invoices/INV-DE-000001/pdf?paper=a5")).IsProblem(422, "request.parameter_invalid");
    }

    [Fact]
    public async Task Without_a_legal_entity_an_invoice_has_no_files()
    {
        using var tenant = await InvoicedAsync(legalEntity: false);
        (await tenant.GetAsync("/v1/invoices/INV-000001/pdf")).IsProblem(409, "document.no_seller");
        (await tenant.GetAsync("/v1/invoices/INV-000001/ubl")).IsProblem(409, "document.no_seller");
        (await tenant.GetAsync("/v1/invoices/INV-000002/ubl")).IsProblem(404, "invoice.unknown");
    }

    private async Task<Caller> InvoicedAsync(bool legalEntity = true)
    {
        var tenant = await host.NewTenantAsync(now: "2026-06-01T00:00:00Z");
        if (legalEntity)
        {
            var entity = await tenant.PutAsync("/v1/legal-entities/de", """
                { "name": "Fjord IoT GmbH", "address": ["Hafenstraße 1"], "postalCode": "20457", "city": "Hamburg", "country": "DE",
                  "timeZone": "Europe/Berlin", "paymentDays": 14, "default": true, "iban": "DE89370400440532013000",
                  "tax": { "registrations": [ { "jurisdiction": "DE", "number": "DE136695976", "validFrom": "2020-01-01" } ] } }
                """);
            Assert.Equal(201, entity.Status);
        }
        await tenant.CreateAsync("/v1/plans", """
            { "id": "p", "currency": "EUR", "charges": [
              { "id": "fee", "name": "Anschluss", "kind": "recurring", "amount": "9.99" }, { "id": "sim", "name": "SIM-Karte", "kind": "recurring", "amount": "1.50" } ] }
            """);
        await tenant.CreateAsync("/v1/customers", """
            { "id": "c", "name": "Ada GmbH", "currency": "EUR", "address": ["Weg 1"], "postalCode": "50667", "city": "Köln", "country": "DE", "language": "de",
              "tax": { "kind": "business", "taxNumber": "DE811907980" } }
            """);
        await tenant.CreateAsync("/v1/subscriptions", """{ "id": "s", "customer": "c", "plan": "p", "start": "2026-06-01T00:00:00Z" }""");
        Assert.Equal(200, (await tenant.PostAsync("/v1/clock/advance", """{ "to": "2026-07-02T00:00:00Z" }""")).Status);
        return tenant;
    }

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<XDocument> FileAsync(Caller tenant, string path, string type)
    {
        var answer = await tenant.GetAsync(path);
        Assert.True(answer.Status == 200, $"{answer.Status} {answer.Body}");
        Assert.Equal(type, answer.Type);
        return XDocument.Parse(answer.Body);
    }

    private async Task<byte[]> BytesAsync(Caller tenant, string path)
    {
        using var http = host.Silo.Client(tenant.Key);
        return await http.GetByteArrayAsync(path);
    }
}
