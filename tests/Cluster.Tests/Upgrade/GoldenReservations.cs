using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>Quota: reserved before the snapshot and reported after it, and open when the process is killed.</summary>
internal static class GoldenReservations
{
    private const string Reservations = "v1/devices/cap-1/reservations";

    public static readonly string[] Paths =
    [
        "/v1/customers/gus/bill", "/v1/customers/gus/invoices", "/v1/devices/cap-1/usage", "/v1/devices/cap-1/reservations/open",
    ];

    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await tenant.PlanAsync("""
            {"id":"capped","currency":"EUR","charges":[{"id":"data","meter":"data","unitPrice":"0.5","freeQuantity":"20","maximum":"10","blockAt":"maximum"}]}
            """);
        await tenant.CustomerAsync("gus", "EUR", "capped", "2026-01-01T00:00:00Z");
        await tenant.DeviceAsync("cap-1", "gus");
        await tenant.PostAsync(Reservations, new { id = "kept", meter = "data", quantity = "15", leaseSeconds = 86_400 });
        await tenant.PostAsync(Reservations, new { id = "over", meter = "data", quantity = "5" });
        await tenant.PostAsync(Reservations + "/over/release", new { number = 1, quantity = "2" });
    }

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await tenant.PostAsync(Reservations + "/kept/report", new { number = 1, quantity = "4", next = new { quantity = "100" } });
        await tenant.PostAsync(Reservations + "/kept/release", new { number = 2, quantity = "30" });
    }

    public static Task AtTheEndAsync(TestTenant tenant) =>
        tenant.PostAsync(Reservations, new { id = "open", meter = "data", quantity = "7", leaseSeconds = 86_400 });
}
