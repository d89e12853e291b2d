using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>
/// Devices that are tried out and become active by themselves, and identifiers that change owners: customer ida. Each is begun before the
/// snapshot and gone on with after it.
/// </summary>
internal static class GoldenDevices
{
    private static readonly object Card = new { kind = "imsi", value = "262011234567890" };
    private static readonly object Number = new { kind = "msisdn", value = "4915112345678" };
    private static readonly object Stray = new { kind = "serial", value = "stray" };

    public static readonly string[] Paths =
    [
        "/v1/customers/ida/bill", "/v1/customers/ida/invoices", "/v1/devices/t-1", "/v1/devices/t-2", "/v1/devices/t-1/usage",
        "/v1/identifiers/imsi/262011234567890?at=2026-02-08T00:00:00Z", "/v1/identifiers/msisdn/+4915112345678?at=2026-02-08T00:00:00Z",
        "/v1/identifiers/serial/stray?at=2026-02-08T00:00:00Z",
    ];

    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await tenant.PlanAsync("""
            { "id": "tracked", "currency": "EUR", "charges": [
                { "id": "sim", "kind": "recurring", "per": "device", "amount": "3" },
                { "id": "activation", "kind": "oneTime", "per": "device", "amount": "5", "fromStates": ["test", "activationReady"], "states": ["active"] },
                { "id": "data", "meter": "data", "unitPrice": "0.10" } ],
              "deviceStates": [
                { "state": "test", "free": [ { "meter": "data", "quantity": "10" } ], "activateAfterDays": 60 },
                { "state": "activationReady", "activateAfterMonths": 2 }, { "state": "suspended", "usage": "billed" } ] }
            """);
        await tenant.CustomerAsync("ida", "EUR", "tracked", "2026-01-01T00:00:00Z");
        foreach (var (id, state) in new[] { ("t-1", "test"), ("t-2", "activationReady"), ("t-3", "inventory") })
        {
            await tenant.PostAsync("v1/devices", new { id, subscription = "ida", from = "2026-01-02T00:00:00Z", state });
        }
        await tenant.PostAsync("v1/devices/t-1/identifiers", new { kind = "imsi", value = "262011234567890", from = "2026-01-02T00:00:00Z" });
        await tenant.PostAsync("v1/devices/t-2/identifiers", new { kind = "msisdn", value = "4915112345678", from = "2026-01-02T00:00:00Z" });
        await tenant.SendAsync(
            Data("a1", Card, "2026-01-10T00:00:00Z", "6"), Data("a2", Number, "2026-01-20T00:00:00Z", "1.5"),
            Data("a3", Stray, "2026-01-21T00:00:00Z", "2.5"), Data("a4", Stray, "2025-01-21T00:00:00Z", "2.5"));
        await tenant.PostAsync(
            "v1/devices/t-1/identifiers", new { kind = "msisdn", value = "4915112345678", from = "2026-01-25T00:00:00Z", takeOver = true });
    }

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await tenant.SendAsync(
            Data("b1", Card, "2026-01-30T00:00:00Z", "5"), Data("b2", Number, "2026-01-15T00:00:00Z", "1"),
            Data("b3", Number, "2026-02-01T00:00:00Z", "3"));
        await tenant.PostAsync("v1/devices/t-2/identifiers", new { kind = "serial", value = "stray", from = "2026-01-01T00:00:00Z" });
        await tenant.PostAsync("v1/quarantine/release", new { reason = "identifier.no_owner" });
        await tenant.PostAsync(
            "v1/devices/t-2/identifiers", new { kind = "msisdn", value = "4915112345678", from = "2026-02-02T00:00:00Z", takeOver = true });
        await tenant.PostAsync("v1/devices/t-2/state", new { state = "suspended", from = "2026-02-05T00:00:00Z" });
        await tenant.SendAsync(Data("b4", Number, "2026-02-06T00:00:00Z", "7"));
    }

    private static object Data(string id, object identifier, string time, string value) =>
        new { id, identifier, meter = "data", time, value };
}
