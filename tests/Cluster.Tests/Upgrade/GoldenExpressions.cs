using System.Globalization;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>Meters that derive what events come to, and a plan that filters by an expression; some events have no value.</summary>
internal static class GoldenExpressions
{
    public static readonly string[] Paths =
    [
        "/v1/customers/ivy/bill", "/v1/customers/ivy/invoices", "/v1/devices/box-1/usage", "/v1/quarantine?device=box-1", "/v1/meters/traffic-derived",
        "/v1/plans/derived",
    ];

    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        foreach (var meter in new object[]
        {
            new
            {
                id = "traffic-derived", unit = "MB", value = "(up + down) / 1000", dimensions = new object[]
                {
                    new { name = "zone", value = "startsWith(network, '26') ? 'eu' : network", values = new[] { "eu", "us" }, otherwise = "rest" },
                    new { name = "tariff", values = new[] { "night" } },
                },
            },
            new { id = "heat-derived", unit = "kWh", cumulative = new { }, value = "value * default(ratio, 1)" },
            new { id = "stored-derived", unit = "GB", aggregation = "timeWeighted", value = "used / 1000", maxDistinct = 2 },
        })
        {
            await tenant.PostAsync("v1/meters", meter);
        }
        await tenant.PlanAsync("""
            {"id":"derived","currency":"EUR","charges":[{"id":"traffic","meter":"traffic-derived","unitPrice":"0.01"},
              {"id":"far","meter":"traffic-derived","where":"zone not in ['eu', 'us'] and value > 1","unitPrice":"0.10"},
              {"id":"heat","meter":"heat-derived","unitPrice":"0.2"},{"id":"stored","meter":"stored-derived","unit":"GB*h","unitPrice":"0.001"}]}
            """);
        await tenant.CustomerAsync("ivy", "EUR", "derived", "2026-01-01T00:00:00Z");
        await tenant.DeviceAsync("box-1", "ivy");
        await tenant.SendAsync(
            Traffic("t1", "2026-01-05T00:00:00Z", "1500", "310"), Traffic("t2", "2026-01-06T00:00:00Z", "2000.5", "26201"),
            Traffic("t3", "2026-01-07T00:00:00Z", "?", "310"), Heat("h1", "2026-01-05T00:00:00Z", "1"), Heat("h2", "2026-01-15T00:00:00Z", "2.5"),
            Stored("s1", "2026-01-08T00:00:00Z", "5000", "ssd"), Stored("s2", "2026-01-08T00:00:00Z", "100", "tape"),
            Stored("s3", "2026-01-08T00:00:00Z", "1", "flood"));
    }

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await tenant.SendAsync(
            Traffic("t4", "2026-02-05T00:00:00Z", "700", "us"), Traffic("t5", "2026-01-09T00:00:00Z", "3000", "999"),
            Traffic("t6", "2026-02-06T00:00:00Z", "1e3x", "us"), Heat("h3", "2026-02-05T00:00:00Z", "3"), Stored("s4", "2026-02-02T00:00:00Z", "9000", "ssd"));
        await tenant.PostAsync("v1/devices/box-1/usage/t3/amend", new
        {
            id = "mend", reason = "a figure was missing",
            dimensions = new Dictionary<string, string> { ["up"] = "1000", ["down"] = "1000", ["network"] = "310" },
        });
    }

    private static object Traffic(string id, string time, string up, string network) => Usage(
        id, "traffic-derived", time, "0", new() { ["up"] = up, ["down"] = "0", ["network"] = network, ["tariff"] = id == "t1" ? "night" : "day" });

    private static object Heat(string id, string time, string value) => Usage(id, "heat-derived", time, value, new() { ["ratio"] = "40" });

    private static object Stored(string id, string time, string used, string media) =>
        Usage(id, "stored-derived", time, "0", new() { ["used"] = used, ["media"] = media });

    private static object Usage(string id, string meter, string time, string value, Dictionary<string, string> dimensions) => new
    {
        id, device = "box-1", meter, value, dimensions, time = DateTime.Parse(time, CultureInfo.InvariantCulture).ToUniversalTime(),
    };
}
