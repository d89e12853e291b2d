using System.Net;
using System.Net.Http.Headers;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Invoices;

/// <summary>What a tenant puts on its documents.</summary>
[Collection(HostCollection.Name)]
public sealed class BrandingTests(HostFixture host)
{
    private const string Page = "/v1/invoices/INV-DE-000002/html";

    // One pixel, 8 bits a channel with alpha.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Documents_have_the_branding_of_when_they_were_issued()
    {
        using var tenant = await InvoicedTenant.NewAsync(host);
        var plain = await tenant.GetAsync("/v1/invoices/INV-DE-000001/html");
        var set = await tenant.PutAsync("/v1/branding", """
            { "accentColor": "#7b2d8b", "logoText": "Fjord", "footer": { "de": "Amtsgericht Hamburg\nHRB 1", "en": "Hamburg" },
              "texts": { "de": { "title.invoice": "Servicerechnung", "payment.payBy": "Bis {date}: {amount}" }, "de-AT": { "title.invoice": "Faktura" } } }
            """);
        Assert.Equal((200, "#7b2d8b", "Servicerechnung"), (set.Status, set.Text("accentColor"), set.Json.GetProperty("texts").GetProperty("de").GetProperty("title.invoice").GetString()));
        Assert.Equal(200, (await LogoAsync(tenant, Png)).Status);
        await InvoicedTenant.AdvanceAsync(tenant, "2026-08-02T00:00:00Z");

        Assert.Equal(plain.Body, (await tenant.GetAsync("/v1/invoices/INV-DE-000001/html")).Body);
        var page = (await tenant.GetAsync(Page)).Body;
        Assert.Contains("<title>Servicerechnung INV-DE-000002</title>", page, StringComparison.Ordinal);
        Assert.Contains("#7b2d8b", page, StringComparison.Ordinal);
        Assert.Contains("Amtsgericht Hamburg\nHRB 1", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains(
            $"data:image/png;base64,{Convert.ToBase64String(Png)}\" alt=\"Fjord\"", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Bis 15. August 2026: ", page, StringComparison.Ordinal);
        // A region's wording before its language's; the English footer where a language has none.
        Assert.Contains("<title>Faktura INV", (await tenant.GetAsync($"{Page}?language=de-AT")).Body, StringComparison.Ordinal);
        var french = (await tenant.GetAsync($"{Page}?language=fr")).Body;
        Assert.Contains("<title>Facture INV", french, StringComparison.Ordinal);
        Assert.Contains(">Hamburg</footer>", french, StringComparison.Ordinal);
        Assert.Equal(200, (await tenant.GetAsync("/v1/invoices/INV-DE-000002/pdf")).Status);

        Assert.Equal(200, (await tenant.PutAsync("/v1/branding", "{}")).Status);
        Assert.Equal(page, (await tenant.GetAsync(Page)).Body);
    }

    [Fact]
    public async Task A_legal_entity_has_its_own_before_that_of_the_tenant()
    {
        using var tenant = await InvoicedTenant.NewAsync(host, to: "2026-06-02T00:00:00Z");
        await InvoicedTenant.AddEntityAsync(tenant, "other");
        await tenant.PutAsync("/v1/branding", """{ "accentColor": "#112233" }""");
        await tenant.PutAsync("/v1/branding?legalEntity=other", """{ "accentColor": "#445566" }""");
        await InvoicedTenant.AdvanceAsync(tenant, "2026-07-02T00:00:00Z");
        Assert.Contains("#112233", (await tenant.GetAsync("/v1/invoices/INV-DE-000001/html")).Body, StringComparison.Ordinal);
        await tenant.PutAsync("/v1/branding?legalEntity=de", """{ "accentColor": "#445566" }""");
        await InvoicedTenant.AdvanceAsync(tenant, "2026-08-02T00:00:00Z");
        Assert.Contains("#445566", (await tenant.GetAsync(Page)).Body, StringComparison.Ordinal);
        Assert.Equal(("#445566", "de"), (
            (await tenant.GetAsync("/v1/branding?legalEntity=de")).Text("accentColor"), (await tenant.GetAsync("/v1/branding?legalEntity=de")).Text("legalEntity")));
        (await tenant.PutAsync("/v1/branding?legalEntity=none", "{}")).IsProblem(404, "legal_entity.unknown");
        (await tenant.GetAsync("/v1/branding?legalEntity=none")).IsProblem(404, "legal_entity.unknown");
    }

    [Fact]
    public async Task The_wording_of_a_reason_goes_into_the_e_invoice()
    {
        using var tenant = await host.NewTenantAsync(now: "2026-06-01T00:00:00Z");
        await InvoicedTenant.AddEntityAsync(tenant, "de", isDefault: true);
        await tenant.PutAsync("/v1/branding", """{ "texts": { "fr": { "reason.reverseCharge": "Autoliquidation, art. 196" } } }""");
        await tenant.CreateAsync("/v1/plans", """{ "id": "p", "currency": "EUR", "charges": [ { "id": "fee", "kind": "recurring", "amount": "9.99", "taxClass": "services" } ] }""");
        await tenant.CreateAsync("/v1/customers", """
            { "id": "c", "name": "Claire SARL", "currency": "EUR", "address": ["Rue 1"], "postalCode": "75001", "city": "Paris", "country": "FR", "language": "fr",
              "tax": { "kind": "business", "taxNumber": "FR40303265045" } }
            """);
        await tenant.CreateAsync("/v1/subscriptions", """{ "id": "s", "customer": "c", "plan": "p", "start": "2026-06-01T00:00:00Z" }""");
        await InvoicedTenant.AdvanceAsync(tenant, "2026-07-02T00:00:00Z");
        var ubl = await tenant.GetAsync("/v1/invoices/INV-DE-000001/ubl");
        Assert.True(ubl.Status == 200, ubl.Body);
        Assert.Contains(">Autoliquidation, art. 196</cbc:TaxExemptionReason>", ubl.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "accentColor": "red" }""", "branding.color", "/accentColor")]
    [InlineData("""{ "texts": { "de": { "title.invoce": "x" } } }""", "branding.text_unknown", "/texts/de/title.invoce")]
    [InlineData("""{ "texts": { "xx": {} } }""", "branding.language", "/texts/xx")]
    [InlineData("""{ "texts": { "de-at": {} } }""", "branding.language", "/texts/de-at")]
    [InlineData("""{ "texts": { "de": { "payment.payBy": "{sum} bis {date}" } } }""", "branding.place_unknown", "/texts/de/payment.payBy")]
    [InlineData("""{ "texts": { "de": { "title.invoice": "" } } }""", "json.value", "/texts/de/title.invoice")]
    [InlineData("""{ "texts": { "de": { "title.invoice": 1 } } }""", "json.type", "/texts/de/title.invoice")]
    [InlineData("""{ "texts": { "de": 1 } }""", "json.type", "/texts/de")]
    [InlineData("""{ "texts": { "de": { "title.invoice": "a", "title.invoice": "b" } } }""", "json.duplicate_property", "/texts/de/title.invoice")]
    [InlineData("""{ "footer": "x" }""", "json.type", "/footer")]
    [InlineData("""{ "footer": { "de": "a\u0007" } }""", "json.value", "/footer/de")]
    [InlineData("""{ "colour": "#112233" }""", "json.unknown_property", "/colour")]
    public async Task What_cannot_be_used_is_refused_with_its_place(string body, string code, string pointer)
    {
        using var tenant = await host.NewTenantAsync();
        (await tenant.PutAsync("/v1/branding", body)).IsProblem(422, code, pointer);
        Assert.Null((await tenant.GetAsync("/v1/branding")).TextOrNull("accentColor"));
    }

    [Fact]
    public async Task A_logo_is_checked_kept_and_taken_away()
    {
        using var tenant = await host.NewTenantAsync();
        (await tenant.GetAsync("/v1/branding/logo")).IsProblem(404, "branding.no_logo");
        (await LogoAsync(tenant, Png, "image/gif")).IsProblem(415, "request.media_type_unsupported");
        (await LogoAsync(tenant, "no picture"u8.ToArray())).IsProblem(422, "branding.logo");
        (await LogoAsync(tenant, Png[..40])).IsProblem(422, "branding.logo");
        (await LogoAsync(tenant, [])).IsProblem(422, "branding.logo");
        (await LogoAsync(tenant, new byte[(1 << 20) + 1])).IsProblem(413, "request.body_too_large");
        var set = await LogoAsync(tenant, Png, key: "once");
        Assert.Equal((200, Png.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)), (set.Status, set.Text("logo/bytes")));
        Assert.Equal("true", Assert.Single((await LogoAsync(tenant, Png, key: "once")).Headers.GetValues("Idempotent-Replayed")));
        using var http = host.Silo.Client(tenant.Key);
        using var got = await http.GetAsync("/v1/branding/logo");
        Assert.Equal("image/png", got.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Png, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal(200, (await tenant.PutAsync("/v1/branding", """{ "accentColor": "#112233" }""")).Status);
        Assert.NotNull((await tenant.GetAsync("/v1/branding")).TextOrNull("logo/sha256"));
        Assert.Equal(200, (await tenant.SendAsync(new(HttpMethod.Delete, "/v1/branding/logo"))).Status);
        (await tenant.GetAsync("/v1/branding/logo")).IsProblem(404, "branding.no_logo");
        Assert.Equal("#112233", (await tenant.GetAsync("/v1/branding")).Text("accentColor"));
    }

    private static Task<Answer> LogoAsync(Caller tenant, byte[] file, string type = "image/png", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/v1/branding/logo") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        return tenant.SendAsync(request);
    }
}
