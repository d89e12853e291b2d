using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>The part of the golden scenario in which subscriptions have a life: customer liv.</summary>
internal static class GoldenLifecycle
{
    public static readonly string[] Paths =
    [
        "/v1/customers/liv/bill", "/v1/customers/liv/invoices", "/v1/subscriptions/liv-life", "/v1/subscriptions/liv-flex",
        "/v1/subscriptions/liv-left", "/v1/devices/l-1/usage", "/v1/devices/l-2/usage",
    ];

    /// <summary>What is in the snapshot: a trial, a phase, agreed terms, and a change that is back-dated over all of January.</summary>
    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await tenant.PlanAsync("""
            { "id": "life", "currency": "EUR",
              "trial": { "days": 10 }, "phases": [ { "name": "Ramp", "periods": 1, "charges": [ { "id": "base", "amount": "5" } ] } ],
              "term": { "periods": 6, "earlyTerminationFee": { "percent": "50" } },
              "charges": [
                { "id": "base", "kind": "recurring", "amount": "20" }, { "id": "sim", "kind": "recurring", "per": "device", "amount": "3" },
                { "id": "data", "meter": "data", "unitPrice": "0.10", "freeQuantity": "5" }, { "id": "peak", "meter": "load", "unitPrice": "1.10" },
                { "id": "sessions", "meter": "sessions", "unitPrice": "0.07" } ] }
            """);
        await tenant.PostAsync("v1/customers", new { id = "liv", name = "liv", currency = "EUR" });
        foreach (var id in new[] { "liv-life", "liv-left" })
        {
            await tenant.PostAsync("v1/subscriptions", new
            {
                id, customer = "liv", plan = "life", start = "2026-01-01T00:00:00Z",
                overrides = new { charges = new[] { new { id = "data", unitPrice = "0.08" } }, discounts = new[] { new { id = "loyal", amount = "1", periods = 2 } } },
            });
        }
        await tenant.PostAsync("v1/subscriptions", new { id = "liv-flex", customer = "liv", plan = "fleet", start = "2026-01-01T00:00:00Z" });
        await tenant.DeviceAsync("l-1", "liv-life");
        await tenant.DeviceAsync("l-2", "liv-flex");
        await UsageAsync(tenant, "2026-01-05", "2026-01-15");
        await tenant.PostAsync("v1/subscriptions/liv-flex/changes", new
        {
            id = "back", plan = "life", when = "periodStart", overrides = new { charges = new[] { new { id = "base", amount = "12" } } },
        });
        await tenant.PostAsync("v1/subscriptions/liv-life/pause", new { id = "rest", when = "2026-02-02T00:00:00Z" });
        await tenant.PostAsync("v1/subscriptions/liv-life/resume", new { id = "on", when = "2026-02-05T00:00:00Z" });
    }

    /// <summary>What only the log has.</summary>
    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await UsageAsync(tenant, "2026-02-03", "2026-02-09");
        await tenant.PostAsync("v1/subscriptions/liv-flex/changes", new { id = "again", plan = "fleet-plus", when = "periodStart" });
        await tenant.PostAsync("v1/subscriptions/liv-left/cancel", new { when = "2026-02-20T00:00:00Z" });
        await tenant.PostAsync("v1/subscriptions", new { id = "liv-late", customer = "liv", plan = "life", start = "2026-02-10T00:00:00Z" });
        await tenant.PostAsync("v1/subscriptions/liv-flex/pause", new { id = "rest", when = "2026-02-12T00:00:00Z", usage = "billed" });
    }

    private static async Task UsageAsync(TestTenant tenant, params string[] days)
    {
        foreach (var day in days)
        {
            foreach (var device in new[] { "l-1", "l-2" })
            {
                await tenant.SendAsync(
                    new { id = $"d-{day}", device, meter = "data", time = $"{day}T10:00:00Z", value = "7.5", dimensions = new { zone = "eu" } },
                    new { id = $"p-{day}", device, meter = "load", time = $"{day}T11:00:00Z", value = day[^1..] },
                    new { id = $"s-{day}", device, meter = "sessions", time = $"{day}T12:00:00Z", value = "1", dimensions = new { session = $"s{day}" } });
            }
        }
    }
}
