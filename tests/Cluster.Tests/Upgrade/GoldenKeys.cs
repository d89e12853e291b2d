using System.Net.Http.Headers;
using System.Net.Http.Json;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>Keys with scopes, one that has a successor, one that is revoked; and calls whose answers are kept.</summary>
internal static class GoldenKeys
{
    public static readonly string[] Paths = ["/v1/keys"];

    public static async Task BeforeSnapshotAsync(TestTenant tenant)
    {
        await tenant.PostAsync("v1/keys", new { name = "Gateway", scopes = new[] { "ingest", "devices" } });
        var reader = await tenant.PostAsync("v1/keys", new { name = "Reader", scopes = new[] { "read" }, expiresAt = "2099-01-01T00:00:00Z" });
        await tenant.PostAsync($"v1/keys/{reader.GetProperty("id").GetString()}/rotate", new { oldExpiresIn = "P7D" });
        await RememberedAsync(tenant, "before");
    }

    public static async Task AfterSnapshotAsync(TestTenant tenant)
    {
        var keys = (await tenant.Client.GetAsync("v1/keys", default)).GetProperty("items").EnumerateArray();
        var gateway = keys.Single(key => key.TryGetProperty("name", out var name) && name.GetString() == "Gateway");
        await tenant.PostAsync($"v1/keys/{gateway.GetProperty("id").GetString()}/revoke", new { });
        await RememberedAsync(tenant, "after");
    }

    /// <summary>A call whose answer is kept.</summary>
    private static async Task RememberedAsync(TestTenant tenant, string key)
    {
        using var http = new HttpClient { BaseAddress = tenant.Client.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tenant.Client.Key);
        http.DefaultRequestHeaders.Add("Idempotency-Key", key);
        using var answer = await http.PostAsJsonAsync("v1/meters", new { id = $"remembered-{key}", unit = "kWh" });
        answer.EnsureSuccessStatusCode();
    }
}
