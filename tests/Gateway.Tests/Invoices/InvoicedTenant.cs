using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Invoices;

/// <summary>A tenant with a German customer and its invoice of June 2026.</summary>
internal static class InvoicedTenant
{
    public static async Task<Caller> NewAsync(HostFixture host, bool legalEntity = true, string to = "2026-07-02T00:00:00Z")
    {
        var tenant = await host.NewTenantAsync(now: "2026-06-01T00:00:00Z");
        if (legalEntity)
        {
            await AddEntityAsync(tenant, "de", isDefault: true);
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
        await AdvanceAsync(tenant, to);
        return tenant;
    }

    public static async Task AddEntityAsync(Caller tenant, string id, bool isDefault = false)
    {
        var entity = await tenant.PutAsync($"/v1/legal-entities/{id}", $$"""
            { "name": "Fjord IoT GmbH", "address": ["Hafenstraße 1"], "postalCode": "20457", "city": "Hamburg", "country": "DE",
              "timeZone": "Europe/Berlin", "paymentDays": 14, "default": {{(isDefault ? "true" : "false")}}, "iban": "DE89370400440532013000",
              "tax": { "registrations": [ { "jurisdiction": "DE", "number": "DE136695976", "validFrom": "2020-01-01" } ] } }
            """);
        Assert.Equal(201, entity.Status);
    }

    public static async Task AdvanceAsync(Caller tenant, string to) =>
        Assert.Equal(200, (await tenant.PostAsync("/v1/clock/advance", $$"""{ "to": "{{to}}" }""")).Status);
}
