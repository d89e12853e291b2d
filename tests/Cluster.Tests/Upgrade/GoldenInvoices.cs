using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>A legal entity that charges tax and lets invoices wait, a customer that pays, and documents before and after the snapshot.</summary>
internal static class GoldenInvoices
{
    private const string Vat = "v1/legal-entities/vat";

    public static readonly string[] Paths =
    [
        "/v1/customers/vera/bill", "/v1/customers/vera/invoices", "/v1/customers/vera/credit-notes", "/v1/customers/vera/payments",
        "/v1/customers/vera/account", "/v1/customers/vera/journal", "/v1/customers/vera/drafts", "/v1/legal-entities/vat",
        "/v1/legal-entities/vat/chain", "/v1/customers/vera",
    ];

    /// <summary>In January.</summary>
    public static async Task BeforeAsync(TestTenant tenant)
    {
        await tenant.PutAsync(Vat, Entity(review: false));
        await tenant.PlanAsync("""
            {"id":"taxed","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"33.33"},
              {"id":"sim","kind":"recurring","amount":"1.99","taxClass":"services"}]}
            """);
        await tenant.PostAsync("v1/customers", new
        {
            id = "vera", name = "Vera", currency = "EUR", country = "DE", city = "Köln", language = "de", legalEntity = "vat",
            tax = new { kind = "business", taxNumber = "DE136695976" },
        });
        await tenant.PostAsync("v1/subscriptions", new { id = "vera-1", customer = "vera", plan = "taxed", start = "2025-11-15T00:00:00Z" });
    }

    /// <summary>In February, before the snapshot: two invoices are there.</summary>
    public static async Task InFebruaryAsync(TestTenant tenant)
    {
        await tenant.PostAsync("v1/customers/vera/payments", new { id = "bounced", amount = "10.00" });
        await tenant.PostAsync("v1/customers/vera/payments/bounced/reverse", new { reason = "Charged back" });
        await tenant.PostAsync("v1/customers/vera/payments", new { id = "transfer", amount = "70.00", reference = "RF18" });
        await tenant.PostAsync("v1/invoices/INV-VAT-000001/credit-notes", new
        {
            id = "outage", reason = "Outage", lines = new object[] { new { line = 1, amount = "5.00" } },
        });
        await tenant.PutAsync(Vat, Entity(review: true));
    }

    /// <summary>Behind the snapshot: January's invoice is approved, paid in part by what was over, and given up.</summary>
    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await tenant.PostAsync("v1/customers/vera/refunds", new { id = "back", amount = "1.00" });
        await tenant.PostAsync("v1/customers/vera/drafts/20260201T000000Z-0/finalize", new { });
        await tenant.PostAsync("v1/invoices/INV-VAT-000003/write-off", new { reason = "Insolvent" });
        await tenant.PutAsync("v1/customers/vera", new
        {
            id = "vera", name = "Vera GmbH", currency = "EUR", country = "DE", city = "Bonn", language = "de", legalEntity = "vat",
            tax = new { kind = "business", taxNumber = "DE136695976" },
        });
    }

    private static object Entity(bool review) => new
    {
        name = "Verkauf GmbH", country = "DE", timeZone = "Europe/Berlin", paymentDays = 14, review,
        tax = new { registrations = new[] { new { jurisdiction = "DE", number = "DE136695976", validFrom = "2020-01-01" } } },
    };
}
