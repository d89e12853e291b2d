using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>
/// Bulk jobs that were over before the snapshot and after it, with items that failed. They are dropped after thirty
/// days of the wall clock, so only what they did is asked for.
/// </summary>
internal static class GoldenJobs
{
    public static readonly string[] Paths = ["/v1/devices/bulk-0", "/v1/devices/bulk-3", "/v1/devices/bulk-299"];

    public static Task BeforeSnapshotAsync(TestTenant tenant) => DoneAsync(tenant, "before", "devices", Enumerable.Range(0, 300).Select(i => new
    {
        id = $"bulk-{i}", subscription = i % 50 == 7 ? "nobody" : "bob-home", from = i == 9 ? "soon" : "2026-01-05T00:00:00Z",
        identifiers = i % 100 == 0 ? new[] { new { kind = "serial", value = $"bulk-{i}", from = "2026-01-05T00:00:00Z" } } : null,
    }));

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        await DoneAsync(tenant, "after", "states", Enumerable.Range(0, 12).Select(i => new
        {
            device = $"bulk-{i}", state = i == 3 ? "asleep" : "suspended", from = "2026-02-05T00:00:00Z",
        }));
        await DoneAsync(tenant, "moved", "assignments", [new { device = "bulk-299", subscription = (string?)null, from = "2026-02-06T00:00:00Z" }]);
    }

    private static async Task DoneAsync(TestTenant tenant, string id, string kind, IEnumerable<object> items)
    {
        await tenant.PostAsync("v1/jobs", new { id, kind, items });
        var began = Stopwatch.GetTimestamp();
        while ((await tenant.Client.GetAsync($"v1/jobs/{id}", default)).GetProperty("status").GetString() != "finished")
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), $"job '{id}' is not done");
            await Task.Delay(50);
        }
    }
}
