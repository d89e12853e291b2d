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
    public async Task Pages_are_in_the_language_of_the_customer_or_the_one_asked_for()
    {
        using var tenant = await InvoicedAsync();
        var page = await tenant.GetAsync("/v1/invoices/INV-DE-000001/html");
        Assert.Equal((200, "text/html"), (page.Status, page.Type));
        Assert.Contains("<html lang=\"de-DE\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("<title>Rechnung INV-DE-000001</title>", page.Body, StringComparison.Ordinal);
        Assert.Contains("11,49", page.Body, StringComparison.Ordinal);
        // A region without wording of its own falls back to its language, a language without to English.
        foreach (var (asked, title) in new[] { ("fr-CH", "Facture"), ("pt-AO", "Fatura"), ("ja", "請求書"), ("fi", "Invoice"), ("zh-Hans-CN", "账单") })
        {
            var other = await tenant.GetAsync($"/v1/invoices/INV-DE-000001/html?language={asked}");
            Assert.Contains($"<title>{title} INV-DE-000001</title>", other.Body, StringComparison.Ordinal);
        }
        foreach (var path in new[] { "html", "pdf", "ubl" })
        {
            (await tenant.GetAsync($"/v1/invoices/INV-DE-000001/{path}?language=de_DE")).IsProblem(422, "request.parameter_invalid");
            (await tenant.GetAsync($"/v1/invoices/INV-DE-000001/{path}?language=%22%3E")).IsProblem(422, "request.parameter_invalid");
        }
        Assert.NotEqual(
            await BytesAsync(tenant, "/v1/invoices/INV-DE-000001/pdf"), await BytesAsync(tenant, "/v1/invoices/INV-DE-000001/pdf?language=fr"));

        await tenant.CreateAsync("/v1/invoices/INV-DE-000001/credit-notes", """{ "id": "n", "reason": "Ausfall" }""");
        var note = await tenant.GetAsync("/v1/credit-notes/CN-DE-000001/html");
        Assert.Equal((200, "text/html"), (note.Status, note.Type));
        Assert.Contains("CN-DE-000001</title>", note.Body, StringComparison.Ordinal);
        Assert.Contains("Ausfall", note.Body, StringComparison.Ordinal);
        Assert.Contains("INV-DE-000001", note.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_legal_entity_the_page_has_the_tenants_name()
    {
        using var tenant = await InvoicedAsync(legalEntity: false);
        var name = (await tenant.GetAsync("/v1/tenants")).Text("items/0/name");
        var page = (await tenant.GetAsync("/v1/invoices/INV-000001/html")).Body;
        Assert.Contains($">{name}<", page, StringComparison.Ordinal);
        Assert.Contains("Ada GmbH", page, StringComparison.Ordinal);
        await tenant.CreateAsync("/v1/invoices/INV-000001/credit-notes", """{ "id": "n", "reason": "x" }""");
        Assert.Contains($">{name}<", (await tenant.GetAsync("/v1/credit-notes/CN-000001/html")).Body, StringComparison.Ordinal);
        (await tenant.GetAsync("/v1/credit-notes/CN-000001/pdf")).IsProblem(409, "document.no_seller");
    }

    [Fact]
    public async Task Without_a_legal_entity_an_invoice_is_no_pdf_and_no_e_invoice()
    {
        using var tenant = await InvoicedAsync(legalEntity: false);
        (await tenant.GetAsync("/v1/invoices/INV-000001/pdf")).IsProblem(409, "document.no_seller");
        (await tenant.GetAsync("/v1/invoices/INV-000001/ubl")).IsProblem(409, "document.no_seller");
        (await tenant.GetAsync("/v1/invoices/INV-000002/ubl")).IsProblem(404, "invoice.unknown");
    }

    private Task<Caller> InvoicedAsync(bool legalEntity = true) => InvoicedTenant.NewAsync(host, legalEntity);

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
