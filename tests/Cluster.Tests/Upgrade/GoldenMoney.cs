using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>Exchange rates before and after the snapshot, and an invoice whose tax is shown in another currency.</summary>
internal static class GoldenMoney
{
    public static readonly string[] Paths =
    [
        "/v1/exchange-rates", "/v1/exchange-rates/convert?amount=100.00&from=USD&to=HUF&date=2026-01-31",
        "/v1/customers/hanna/invoices", "/v1/customers/hanna/drafts",
        "/v1/accounting/entries?from=2026-01-01T00:00:00Z&to=2026-02-01T12:00:00Z&limit=500",
        "/v1/accounting/trial-balance?from=2026-01-01T00:00:00Z&to=2026-02-01T12:00:00Z",
    ];

    /// <summary>In January: rates of its last Friday are there before the period ends.</summary>
    public static async Task BeforeAsync(TestTenant tenant)
    {
        await tenant.PutAsync("v1/legal-entities/oss", new
        {
            name = "Export GmbH", country = "DE", timeZone = "Europe/Berlin",
            tax = new
            {
                registrations = new object[]
                {
                    new { jurisdiction = "DE", number = "DE136695976", validFrom = "2020-01-01" },
                    new { jurisdiction = "DE", kind = "ossUnion", validFrom = "2021-07-01" },
                },
            },
        });
        await ImportAsync(tenant, "2026-01-30", ("HUF", "381.25"), ("USD", "1.1919"));
        await tenant.PostAsync("v1/customers", new
        {
            id = "hanna", name = "Hanna", currency = "EUR", country = "HU", postalCode = "1011", legalEntity = "oss", tax = new { kind = "consumer" },
        });
        await tenant.PostAsync("v1/subscriptions", new { id = "hanna-1", customer = "hanna", plan = "taxed", start = "2025-12-31T23:00:00Z" });
    }

    public static Task AfterSnapshotAsync(TestTenant tenant) => ImportAsync(tenant, "2026-02-02", ("HUF", "380.93"));

    private static async Task ImportAsync(TestTenant tenant, string date, params (string Currency, string Rate)[] rates) =>
        await tenant.PostAsync("v1/exchange-rates/import", new
        {
            source = "ECB", @base = "EUR", rates = rates.Select(r => new { date, currency = r.Currency, rate = r.Rate }),
        });
}
