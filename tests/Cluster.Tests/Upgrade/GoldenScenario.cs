using System.Globalization;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>
/// The life of a tenant in which every kind of record is written: told once before a snapshot and gone on with after it.
/// <see cref="OlderStoreTests"/> knows its customer ada and her plan; the others may grow with the product.
/// </summary>
internal static partial class GoldenScenario
{
    /// <summary>What is asked of the store for ever after.</summary>
    public static readonly string[] Paths =
    [
        "/v1/clock", "/v1/meters", "/v1/plans", "/v1/customers", "/v1/subscriptions", "/v1/devices?limit=100", "/v1/quarantine",
        "/v1/customers/ada/bill", "/v1/customers/ada/invoices", "/v1/customers/bob/bill", "/v1/customers/bob/invoices",
        "/v1/customers/fay/bill", "/v1/customers/fay/invoices", "/v1/devices/m-0/usage", "/v1/devices/m-1/usage",
        "/v1/devices/m-5/usage", "/v1/devices/sim-1/usage", "/v1/devices/sim-3/usage",
        "/v1/subscriptions/fay-fleet/pools/data?at=2026-01-20T00:00:00Z", "/v1/subscriptions/fay-fleet/pools/data",
        "/v1/customers/fay/wallets", "/v1/customers/fay/journal",
        "/v1/usage/corrections", "/v1/re-ratings/january",
        "/v1/customers/sol/bill", "/v1/customers/sol/invoices", "/v1/devices/tank-1/usage", "/v1/devices/tank-2/usage",
        .. GoldenLifecycle.Paths, .. GoldenReservations.Paths, .. GoldenKeys.Paths, .. GoldenExpressions.Paths, .. GoldenDevices.Paths,
        .. GoldenSpanning.Paths, .. GoldenBalances.Paths, .. GoldenInvoices.Paths, .. GoldenMoney.Paths, .. GoldenJobs.Paths, .. GoldenBranding.Paths,
        "/v1/audit-trail?limit=20", "/v1/audit-trail?kind=grant", "/v1/audit-trail?operation=changePlan",
    ];

    /// <summary>What is in the snapshot: a whole January.</summary>
    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await GoldenKeys.BeforeSnapshotAsync(tenant);
        await CatalogueAsync(tenant);
        await CustomersAsync(tenant);
        foreach (var home in Enumerable.Range(0, 12))
        {
            await tenant.SendAsync([.. Enumerable.Range(0, 250).Select(hour => Energy(
                $"e{hour}", $"m-{home}", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour), $"{hour % 4 * 25 / 100m}"))]);
        }
        await ReadingsAsync(tenant);
        await FleetAsync(tenant);
        await WalletsAsync(tenant);
        await LastingAsync(tenant);
        await GoldenLifecycle.BeforeSnapshotAsync(tenant);
        await GoldenExpressions.BeforeSnapshotAsync(tenant);
        await GoldenDevices.BeforeSnapshotAsync(tenant);
        await GoldenSpanning.BeforeSnapshotAsync(tenant);
        await GoldenBalances.BeforeAsync(tenant);
        await GoldenInvoices.BeforeAsync(tenant);
        await GoldenMoney.BeforeAsync(tenant);
        await GoldenJobs.BeforeSnapshotAsync(tenant);
        // Bob leaves in the middle of February; told ahead.
        await tenant.PostAsync("v1/subscriptions/bob-home/cancel", new { id = "bye", when = "2026-02-20T00:00:00Z" });
        await tenant.AdvanceAsync("2026-02-01T00:30:00Z");
        await GoldenInvoices.InFebruaryAsync(tenant);
        await GoldenBranding.BeforeSnapshotAsync(tenant);
        await GoldenReservations.BeforeSnapshotAsync(tenant);
        await CorrectAsync(
            tenant, Void("p2", "sim-2"), Void("u3", "sim-3"), Void("r3", "m-5"), Amend("c3", "sim-1", "20.5"), Amend("d1", "sim-1", "13"),
            Void("l2", "tank-1"), Amend("q2", "tank-1", "47000"));
        await GoldenSpanning.AfterJanuaryAsync(tenant);
        await ReRateAsync(tenant);
        await tenant.SendAsync(Energy("too-old", "m-1", new DateTime(2025, 12, 20, 0, 0, 0, DateTimeKind.Utc), "3"));
    }

    /// <summary>What only the log has: the days of February until the process is killed.</summary>
    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await GoldenReservations.AfterSnapshotAsync(tenant);
        // Late: of January, which is billed.
        await tenant.SendAsync(
            Energy("late-1", "m-0", new DateTime(2026, 1, 30, 12, 0, 0, DateTimeKind.Utc), "1.75"),
            Load("late-peak", "sim-1", "2026-01-10T10:00:00Z", "11.5"));
        await tenant.AdvanceAsync("2026-02-03T04:00:00Z");
        await tenant.SendAsync(
            Energy("f0", "m-0", new DateTime(2026, 2, 3, 1, 0, 0, DateTimeKind.Utc), "4.5"),
            Energy("f1", "m-1", new DateTime(2026, 2, 3, 2, 0, 0, DateTimeKind.Utc), "7"),
            Energy("f2", "m-2", new DateTime(2026, 2, 3, 3, 0, 0, DateTimeKind.Utc), "1.25"),
            Data("g1", "sim-1", "2026-02-02T10:00:00Z", "17", "eu", "s-7"), Load("p3", "sim-2", "2026-02-02T11:00:00Z", "3.25"));
        await tenant.PostAsync("v1/devices/sim-2/state", new { state = "standby", from = "2026-02-03T05:00:00Z" });
        await tenant.DeviceAsync("sim-4", "fay-fleet");
        await tenant.PostAsync(
            "v1/subscriptions/fay-fleet/changes", new { id = "back", plan = "fleet", when = "2026-02-15T00:00:00Z" });
        await tenant.PostAsync("v1/customers/fay/wallets/main/grants", new { id = "card-2", kind = "paid", amount = "40" });
        await tenant.PostAsync("v1/customers/fay/wallets/main/grants/card-1/void", new { reason = "reversed" });
        await CorrectAsync(tenant, Amend("g1", "sim-1", "18"), Amend("d1", "sim-1", "14"), Void("p1", "sim-1"));
        await LastingAfterAsync(tenant);
        await CorrectAsync(tenant, Amend("m1", "tank-1", "11"), Void("l5", "tank-2"));
        await GoldenSpanning.AfterSnapshotAsync(tenant);
        await tenant.AdvanceAsync("2026-02-10T00:00:00Z");
        await GoldenLifecycle.AfterSnapshotAsync(tenant);
        await GoldenExpressions.AfterSnapshotAsync(tenant);
        await GoldenDevices.AfterSnapshotAsync(tenant);
        await GoldenBalances.AfterSnapshotAsync(tenant);
        await GoldenInvoices.AfterSnapshotAsync(tenant);
        await GoldenMoney.AfterSnapshotAsync(tenant);
        await GoldenJobs.AfterSnapshotAsync(tenant);
        await GoldenBranding.AfterSnapshotAsync(tenant);
        await GoldenReservations.AtTheEndAsync(tenant);
        await GoldenKeys.AfterSnapshotAsync(tenant);
    }

    /// <summary>Some in a closed month, some in an open one.</summary>
    private static async Task CorrectAsync(TestTenant tenant, params object[] corrections)
    {
        var answer = await tenant.PostAsync("v1/usage/corrections", new { corrections });
        Assert.True(answer.GetProperty("refused").GetInt32() == 0, answer.GetRawText());
    }

    /// <summary>January by a version with other prices, for the part of it that had that plan.</summary>
    private static async Task ReRateAsync(TestTenant tenant)
    {
        await tenant.PlanAsync(Fleet("fleet", "2.90", "0.04"));
        await tenant.PostAsync("v1/re-ratings", new
        {
            id = "january", plan = "fleet", wrongVersion = 1, correctedVersion = 2, from = "2026-01-10T00:00:00Z", to = "2026-01-31T00:00:00Z",
        });
        await tenant.PostAsync("v1/re-ratings/january/apply", new { });
    }

    private static object Void(string usageEvent, string device) =>
        new { id = $"void-{usageEvent}", device, @event = usageEvent, action = "void", reason = "a test of the device" };

    private static object Amend(string usageEvent, string device, string value) =>
        new { id = $"amend-{usageEvent}-{value}", device, @event = usageEvent, action = "amend", reason = "read wrongly", value };

    /// <summary>Money that expires unused, that January's invoice draws, and of which a rest is voided.</summary>
    private static async Task WalletsAsync(TestTenant tenant)
    {
        await tenant.PostAsync("v1/customers/fay/wallets", new { id = "main", priority = 50, creditLimit = "5" });
        const string Grants = "v1/customers/fay/wallets/main/grants";
        await tenant.PostAsync(Grants, new { id = "gift", kind = "promotional", amount = "3.5" });
        await tenant.PostAsync(Grants, new { id = "brief", kind = "paid", amount = "2", expiresAt = "2026-01-31T23:45:00Z" });
        await tenant.PostAsync(Grants, new { id = "card-1", kind = "paid", amount = "900", reference = "Card 4711" });
    }

    private static async Task CatalogueAsync(TestTenant tenant)
    {
        foreach (var meter in new object[]
        {
            new { id = "energy", unit = "kWh" }, new { id = "data", unit = "MB" }, new { id = "orders", unit = "EUR" },
            new { id = "register", unit = "kWh", cumulative = new { rolloverAt = "10000" } },
            new { id = "load", unit = "kW", aggregation = "max", per = "device" },
            new { id = "temperature", unit = "C", aggregation = "latest" },
            new { id = "sessions", unit = "1", aggregation = "unique", uniqueOf = "session" },
        })
        {
            await tenant.PostAsync("v1/meters", meter);
        }
        await tenant.PlanAsync("""
            { "id": "home", "name": "Home", "currency": "EUR", "charges": [
              { "id": "base", "name": "Base fee", "kind": "recurring", "amount": "9.50" },
              { "id": "energy", "name": "Energy", "meter": "energy", "model": "graduated",
                "tiers": [ { "upTo": "100", "unitPrice": "0.30" }, { "unitPrice": "0.25" } ] },
              { "id": "register", "meter": "register", "unitPrice": "0.20" } ] }
            """);
        await tenant.PlanAsync(Fleet("fleet", "3.00", "0.05"));
        await tenant.PlanAsync(Fleet("fleet-plus", "4.50", "0.02"));
    }

    private static string Fleet(string id, string fee, string price) => $$"""
        { "id": "{{id}}", "currency": "EUR",
          "minimum": { "amount": "20" }, "maximum": { "amount": "500" },
          "discounts": [ { "id": "welcome", "percent": "10", "periods": 2 } ],
          "charges": [
            { "id": "sim", "kind": "recurring", "per": "device", "amount": "{{fee}}" },
            { "id": "card", "kind": "oneTime", "per": "device", "amount": "2" },
            { "id": "paused", "kind": "recurring", "per": "device", "amount": "0.60", "states": ["standby", "suspended"] },
            { "id": "data", "meter": "data", "unitPrice": "{{price}}", "allowance": { "perDevice": "10" }, "perEvent": { "roundTo": "0.1" } },
            { "id": "roaming", "meter": "data", "where": { "zone": ["us", "jp"] }, "model": "matrix", "matrix": {
              "dimensions": ["zone"], "counters": "shared",
              "rows": [ { "keys": { "zone": "us" }, "model": "graduated", "tiers": [ { "upTo": "5", "unitPrice": "1" }, { "unitPrice": "0.8" } ] } ],
              "otherwise": { "unitPrice": "2" } } },
            { "id": "peak", "meter": "load", "unitPrice": "1.10" },
            { "id": "climate", "meter": "temperature", "unitPrice": "0.01" },
            { "id": "sessions", "meter": "sessions", "unitPrice": "0.07" },
            { "id": "orders", "meter": "orders", "model": "percentage", "ratePercent": "1.5", "fixedFee": "0.05" } ] }
        """;

    private static async Task CustomersAsync(TestTenant tenant)
    {
        foreach (var (customer, plan) in new[] { ("ada", "home"), ("bob", "home"), ("fay", "fleet") })
        {
            var subscription = $"{customer}-{plan}";
            await tenant.PostAsync(
                "v1/customers", new { id = customer, name = customer, currency = "EUR", address = new[] { "1 Main Street", "Springfield" } });
            await tenant.PostAsync("v1/subscriptions", new
            {
                id = subscription, customer, plan, start = "2025-12-31T23:00:00Z", timeZone = "Europe/Berlin",
            });
        }
        await tenant.PostAsync("v1/devices/batch", new
        {
            devices = Enumerable.Range(0, 12).Select(i => new { id = $"m-{i}", subscription = i % 2 == 0 ? "ada-home" : "bob-home" })
                .Concat(Enumerable.Range(1, 3).Select(i => new { id = $"sim-{i}", subscription = "fay-fleet" })),
        });
    }

    /// <summary>A register that rolls over and is replaced.</summary>
    private static async Task ReadingsAsync(TestTenant tenant)
    {
        await tenant.SendAsync(
            Event("r1", "m-5", "register", "2026-01-02T00:00:00Z", "9990"), Event("r2", "m-5", "register", "2026-01-09T00:00:00Z", "15"),
            Event("r3", "m-5", "register", "2026-01-16T00:00:00Z", "60.5"));
        await tenant.PostAsync("v1/devices/m-5/register-resets", new
        {
            meter = "register", at = "2026-01-17T00:00:00Z", finalReading = "61", startReading = "0",
        });
        await tenant.SendAsync(
            Event("r4", "m-5", "register", "2026-01-23T00:00:00Z", "20"), Event("r5", "m-5", "register", "2026-01-24T00:00:00Z", "19"));
    }

    /// <summary>Devices that join, move and pause; a change of plan; every kind of meter.</summary>
    private static async Task FleetAsync(TestTenant tenant)
    {
        await tenant.SendAsync(
            Data("d1", "sim-1", "2026-01-05T10:00:00Z", "12.34", "eu", "s-1"), Data("d2", "sim-2", "2026-01-06T10:00:00Z", "21", "us", "s-2"),
            Data("d3", "sim-3", "2026-01-07T10:00:00Z", "2.5", "jp", "s-2"), Load("p1", "sim-1", "2026-01-05T10:00:00Z", "4.5"),
            Load("p2", "sim-2", "2026-01-05T11:00:00Z", "6"), Event("c1", "sim-1", "temperature", "2026-01-05T12:00:00Z", "21.5"),
            Event("c2", "sim-2", "temperature", "2026-01-05T13:00:00Z", "19"), Session("u1", "sim-1", "2026-01-05T10:00:00Z", "s-1"),
            Session("u2", "sim-2", "2026-01-06T10:00:00Z", "s-2"), Session("u3", "sim-3", "2026-01-07T10:00:00Z", "s-2"),
            Event("o1", "sim-1", "orders", "2026-01-08T10:00:00Z", "99.90"), Event("o2", "sim-2", "orders", "2026-01-08T11:00:00Z", "5"));
        await tenant.PostAsync("v1/devices/sim-3/state", new { state = "suspended", from = "2026-01-10T12:00:00Z" });
        await tenant.PostAsync("v1/devices/sim-3/assignments", new { subscription = (string?)null, from = "2026-01-28T00:00:00Z" });
        await tenant.PostAsync(
            "v1/subscriptions/fay-fleet/changes", new { id = "up", plan = "fleet-plus", when = "2026-01-20T11:00:00Z" });
        await tenant.SendAsync(
            Data("d4", "sim-1", "2026-01-20T11:00:00Z", "3", "eu", "s-3"), Data("d5", "sim-2", "2026-01-25T10:00:00Z", "30", "us", "s-4"),
            Load("p4", "sim-1", "2026-01-25T10:00:00Z", "2"), Event("c3", "sim-1", "temperature", "2026-01-25T12:00:00Z", "23"),
            Session("u4", "sim-1", "2026-01-25T10:00:00Z", "s-9"));
    }

    private static object Energy(string id, string device, DateTime time, string value) =>
        Event(id, device, "energy", time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), value);

    private static object Load(string id, string device, string time, string value) => Event(id, device, "load", time, value);

    private static object Data(string id, string device, string time, string value, string zone, string session) => new
    {
        id, device, meter = "data", time, value, dimensions = new JsonObject { ["zone"] = zone, ["session"] = session },
    };

    private static object Session(string id, string device, string time, string session) => new
    {
        id, device, meter = "sessions", time, value = "1", dimensions = new JsonObject { ["session"] = session },
    };

    private static object Event(string id, string device, string meter, string time, string value) =>
        new { id, device, meter, time, value };
}
