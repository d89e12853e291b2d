using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Contracts.AuditTrail;

namespace OrleansBilling.Grains.Tests.AuditTrail;

/// <summary>Reads trails, and speaks for callers.</summary>
internal static class AuditLog
{
    /// <summary>The calls that follow in the test are of this key.</summary>
    public static void As(string key, string operation = "test") =>
        new ChangeCaller(operation, key, null, null, null, "t", false, "request-1", "idem-1").Announce();

    /// <summary>Every entry of a trail, oldest first.</summary>
    public static async Task<List<(AuditEntry Entry, JsonNode Content)>> ReadAsync(BillingCluster cluster, AuditTrailQuery query)
    {
        var found = new List<AuditEntry>();
        for (var partition = 0; partition < BillingCluster.Partitions; partition++)
        {
            var grain = cluster.Grains.GetGrain<IAuditTrailGrain>(partition);
            var places = await grain.Places(query, null, ascending: true, 10_000);
            found.AddRange(await grain.Entries(query, [.. places.Select(p => p.Number)]));
        }
        return [.. found.OrderBy(e => e.Place).Select(e => (e, JsonNode.Parse(Encoding.UTF8.GetString(e.Content))!))];
    }

    public static Task<List<(AuditEntry Entry, JsonNode Content)>> ReadAsync(BillingCluster cluster, string trail = "t") =>
        ReadAsync(cluster, new AuditTrailQuery(trail));

    /// <summary>What is wrong with a trail, as <c>code partition-number</c>.</summary>
    public static async Task<string[]> FindingsAsync(BillingCluster cluster, string trail = "t")
    {
        var reports = await Task.WhenAll(
            Enumerable.Range(0, BillingCluster.Partitions).Select(p => cluster.Grains.GetGrain<IAuditTrailGrain>(p).Verify(trail)));
        return [.. reports.SelectMany(r => r.Findings.Select(f => $"{f.Code} {r.Partition}-{f.Number}"))];
    }

    /// <summary>An entry as <c>kind id: before -> after</c>, each with what a path names; <c>-</c> where it is not there.</summary>
    public static string Told(JsonNode content, string path = "") =>
        $"{content["kind"]} {content["id"]}: {At(content["before"], path)} -> {At(content["after"], path)}";

    private static string At(JsonNode? entity, string path)
    {
        var found = path.Length == 0 ? entity is null ? null : JsonValue.Create("+") : path.Split('/').Aggregate(entity, (node, step) =>
            node is JsonArray list ? list.ElementAtOrDefault(int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)) : node?[step]);
        return found?.ToString() ?? "-";
    }
}
