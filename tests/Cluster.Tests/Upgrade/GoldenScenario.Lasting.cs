using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <content>Customer sol has levels and sessions, some of which are open when the snapshot is taken and when the process is
/// killed.</content>
internal static partial class GoldenScenario
{
    private static async Task LastingAsync(TestTenant tenant)
    {
        foreach (var meter in new object[]
        {
            new { id = "stored", unit = "GB", aggregation = "timeWeighted" },
            new { id = "burst", unit = "GB", aggregation = "timeWeighted", reports = "change", carryOver = false },
            new { id = "members", unit = "users", aggregation = "unique", per = "device", uniqueOf = "user", carryOver = true, operation = "op" },
            new { id = "plug", unit = "Wh", session = new { reports = "register", timeoutSeconds = 86_400 } },
        })
        {
            await tenant.PostAsync("v1/meters", meter);
        }
        await tenant.PlanAsync("""
            { "id": "depot", "currency": "EUR", "charges": [
              { "id": "stored", "meter": "stored", "unitPrice": "0.5" },
              { "id": "burst", "meter": "burst", "unit": "GB*h", "perDevice": { "roundTo": "360000" }, "unitPrice": "0.001" },
              { "id": "members", "meter": "members", "unitPrice": "3" },
              { "id": "plug", "meter": "plug", "unit": "kWh", "perSession": { "roundTo": "1000" }, "timeOfUse": {
                "windows": [ { "name": "night", "from": "22:00", "to": "06:00", "unitPrice": "0.2" } ],
                "otherwise": { "name": "day", "unitPrice": "0.4" } } },
              { "id": "plugs", "meter": "plug", "of": "events", "unitPrice": "0.35" } ] }
            """);
        await tenant.PostAsync("v1/customers", new { id = "sol", name = "sol", currency = "EUR" });
        await tenant.PostAsync("v1/subscriptions", new
        {
            id = "sol-depot", customer = "sol", plan = "depot", start = "2025-12-31T23:00:00Z", timeZone = "Europe/Berlin",
        });
        await tenant.DeviceAsync("tank-1", "sol-depot");
        await tenant.DeviceAsync("tank-2", "sol-depot");
        await tenant.SendAsync(
            Event("l1", "tank-1", "stored", "2026-01-10T00:00:00Z", "100"), Event("l2", "tank-1", "stored", "2026-01-20T12:00:00Z", "40.5"),
            Event("l3", "tank-1", "burst", "2026-01-05T00:00:00Z", "8"), Event("l4", "tank-1", "burst", "2026-01-06T00:00:00Z", "-9"),
            Member("l5", "tank-2", "2026-01-05T00:00:00Z", "ann", "add"), Member("l6", "tank-2", "2026-01-05T00:00:00Z", "bob", "add"),
            Member("l7", "tank-2", "2026-01-15T00:00:00Z", "ann", "remove"),
            Plug("q1", "2026-01-12T20:30:00Z", "41000", "c-1", "start"), Plug("q2", "2026-01-12T22:00:00Z", "47500", "c-1", null),
            Plug("q3", "2026-01-12T23:30:00Z", "51200", "c-1", "stop"), Plug("q4", "2026-01-31T22:00:00Z", "51200", "c-2", "start"),
            Plug("q5", "2026-01-31T23:15:00Z", "56300", "c-2", null));
    }

    private static async Task LastingAfterAsync(TestTenant tenant) => await tenant.SendAsync(
        Event("m1", "tank-1", "stored", "2026-01-25T00:00:00Z", "10"), Event("m2", "tank-1", "stored", "2026-02-02T00:00:00Z", "64"),
        Member("m3", "tank-2", "2026-02-02T00:00:00Z", "cid", "add"), Plug("q6", "2026-02-01T01:45:00Z", "61000", "c-2", "stop"),
        Plug("q7", "2026-02-02T01:45:00Z", "61000", "c-3", "start"));

    private static object Member(string id, string device, string time, string user, string operation) => new
    {
        id, device, meter = "members", time, value = "1", dimensions = new JsonObject { ["user"] = user, ["op"] = operation },
    };

    private static object Plug(string id, string time, string value, string session, string? phase) =>
        new { id, device = "tank-1", meter = "plug", time, value, session, phase };
}
