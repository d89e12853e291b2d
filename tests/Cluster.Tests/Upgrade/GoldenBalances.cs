using System.Text.Json;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>A prepaid customer with money for one charge, reservations before and after the snapshot, and a pack over a period end.</summary>
internal static class GoldenBalances
{
    private const string Reservations = "v1/devices/pre-1/reservations";

    public static readonly string[] Paths =
    [
        "/v1/customers/pia/bill", "/v1/customers/pia/invoices", "/v1/customers/pia/wallets", "/v1/customers/pia/journal",
        "/v1/subscriptions/pia/packs", "/v1/devices/pre-1/reservations/later",
    ];

    /// <summary>In January.</summary>
    public static async Task BeforeAsync(TestTenant tenant)
    {
        await tenant.PlanAsync("""
            {"id":"prepaid","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"2"},
              {"id":"data","meter":"data","unitPrice":"0.5","where":{"zone":["eu"]}}]}
            """);
        await tenant.CustomerAsync("pia", "EUR", "prepaid", "2026-01-01T00:00:00Z");
        await tenant.DeviceAsync("pre-1", "pia");
        await tenant.PostAsync("v1/customers/pia/wallets", new { id = "main", onEmpty = "block" });
        const string Grants = "v1/customers/pia/wallets/main/grants";
        await tenant.PostAsync(Grants, new { id = "card", kind = "paid", amount = "10" });
        await tenant.PostAsync(Grants, new
        {
            id = "gift", kind = "promotional", amount = "3", scope = new { charges = new[] { "data" }, dimensions = new { zone = new[] { "eu", "uk" } } },
        });
        await tenant.PostAsync("v1/subscriptions/pia/packs", new { id = "top", charge = "data", quantity = "12", periods = 3, carryOver = "6" });
        await ReserveAsync(tenant, "early", "15");
        await tenant.PostAsync(Reservations + "/early/release", new { number = 1, quantity = "5" });
    }

    /// <summary>In February, behind the snapshot.</summary>
    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await ReserveAsync(tenant, "later", "500");
        await tenant.PostAsync(Reservations + "/later/report", new { number = 1, quantity = "8" });
    }

    private static Task<JsonElement> ReserveAsync(TestTenant tenant, string id, string quantity) =>
        tenant.PostAsync(Reservations, new { id, meter = "data", quantity, dimensions = new { zone = "eu" }, leaseSeconds = 86_400 });
}
