using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>
/// Stores that earlier versions wrote, snapshot and log, are opened by this one: the same answers, the same duplicates, and old and
/// new records side by side in the same bill.
/// </summary>
public sealed class OlderStoreTests
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v2-wallets")]
    [InlineData("v3-expressions")]
    [InlineData("v3-spanning")]
    [InlineData("v3-balances")]
    [InlineData("v4-invoices")]
    [InlineData("v4-packed")]
    [InlineData("v5")]
    public async Task A_store_of_an_earlier_version_answers_as_it_did_and_goes_on(string version)
    {
        // Golden stores grow old: what they have must not be gone by its time.
        await using var silo = new SiloProcess { RetentionDays = 36_500 };
        Extract(version, Path.Combine(silo.DataPath, "store"));
        await silo.StartAsync();
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(Golden($"answers-{version}.json")))!;
        using var client = new HttpClient { BaseAddress = silo.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)golden["key"]);

        foreach (var (path, before) in golden["answers"]!.AsObject())
        {
            Same(path, before, await client.GetFromJsonAsync<JsonNode>(path));
        }

        Assert.True((bool)(await Post(client, "/v1/audit-trail/verify", new { }))["intact"]!);

        // Event ids in the old snapshot, in the old log after it, other content under an old id, and a new event.
        var results = await Send(
            client, ("e0", "m-0", "2026-01-01T00:00:00Z", "0"), ("f2", "m-2", "2026-02-03T03:00:00Z", "1.25"),
            ("f2", "m-2", "2026-02-03T03:00:00Z", "1.5"), ("new-1", "m-2", "2026-02-09T10:00:00Z", "10"));
        Assert.Equal(["duplicate", "duplicate", "conflict", "accepted"], results);

        // By the plan: 10 kWh more at 0.30, within the first 100.
        var bill = await client.GetFromJsonAsync<JsonNode>("/v1/customers/ada/bill");
        Assert.Equal(Total(golden["answers"]!["/v1/customers/ada/bill"]!) + 3.00m, Total(bill!));
        await Post(client, "/v1/clock/advance", new { to = "2026-03-02T00:00:00Z" });
        var invoices = await client.GetFromJsonAsync<JsonNode>("/v1/customers/ada/invoices");
        Assert.Equal(
            [Total(golden["answers"]!["/v1/customers/ada/invoices"]!["items"]![0]!), Total(bill!)],
            invoices!["items"]!.AsArray().Select(i => Total(i!)).Order().Reverse());
        Assert.True((bool)(await Post(client, "/v1/audit", new { }))["agrees"]!);

        // Now the old snapshot, the old log after it and today's records behind them are one log.
        await silo.KillAsync();
        await silo.StartAsync();
        Same("invoices", invoices, await client.GetFromJsonAsync<JsonNode>("/v1/customers/ada/invoices"));
        Assert.Equal(
            ["duplicate", "duplicate", "conflict"],
            await Send(
                client, ("f2", "m-2", "2026-02-03T03:00:00Z", "1.25"), ("new-1", "m-2", "2026-02-09T10:00:00Z", "10"),
                ("new-1", "m-2", "2026-02-09T10:00:00Z", "11")));
        Assert.True((bool)(await Post(client, "/v1/audit", new { }))["agrees"]!);
        Assert.True((bool)(await Post(client, "/v1/audit-trail/verify", new { }))["intact"]!);
    }

    private static decimal Total(JsonNode document) => decimal.Parse(
        (string)document["total"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string[]> Send(HttpClient client, params (string Id, string Device, string Time, string Value)[] events)
    {
        var answer = await Post(client, "/v1/events", new
        {
            events = events.Select(e => new { id = e.Id, device = e.Device, meter = "energy", time = e.Time, value = e.Value }),
        });
        return [.. answer["results"]!.AsArray().Select(r => (string)r!["status"]!)];
    }

    private static async Task<JsonNode> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>Everything that was answered before is answered now; a newer version may add members.</summary>
    private static void Same(string path, JsonNode? before, JsonNode? now)
    {
        switch (before)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Same($"{path}/{name}", value, Assert.IsType<JsonObject>(now)[name]);
                }
                break;
            case JsonArray items:
                var found = Assert.IsType<JsonArray>(now);
                Assert.Equal(items.Count, found.Count);
                for (var i = 0; i < items.Count; i++)
                {
                    Same($"{path}/{i}", items[i], found[i]);
                }
                break;
            default:
                Assert.True(JsonNode.DeepEquals(before, now), $"{path} was {Text(before)} and is {Text(now)}");
                break;
        }
    }

    private static string Text(JsonNode? node) => JsonSerializer.Serialize(node);

    private static void Extract(string version, string folder)
    {
        Directory.CreateDirectory(folder);
        using var packed = File.OpenRead(Golden($"store-{version}.tar.gz"));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, folder, overwriteFiles: false);
    }

    private static string Golden(string file) => Path.Combine(AppContext.BaseDirectory, "Upgrade", "Golden", file);
}
