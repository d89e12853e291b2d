using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// Invariant 1: what was acknowledged is durable. Nothing is sent again before the check, so an event that was answered and
/// then lost shows: its repeat would be accepted, not a duplicate.
/// </summary>
public sealed class AcknowledgedTests(ITestOutputHelper output)
{
    private const int Kills = 8;
    private const int Senders = 4;
    private const int BatchSize = 20;

    [Fact]
    public async Task Every_event_acknowledged_before_a_SIGKILL_is_there_after_it()
    {
        var random = new Random(20_260_122);
        await using var silo = await SiloProcess.StartNewAsync();
        var key = await RegisterAsync(silo);
        var acknowledged = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var answered = new ConcurrentBag<string[]>();
            var senders = Enumerable.Range(0, Senders).Select(s => SendAsync(silo.Url, key, $"{kill}-{s}", answered)).ToArray();
            await Task.Delay(random.Next(150, 500));
            await silo.KillAsync();
            await Task.WhenAll(senders);
            await silo.StartAsync();
            using var http = Client(silo.Url, key);
            foreach (var ids in answered)
            {
                var statuses = await PostAsync(http, ids);
                Assert.All(statuses, status => Assert.Equal("duplicate", status));
                acknowledged += ids.Length;
            }
        }

        output.WriteLine($"{acknowledged} events were acknowledged before {Kills} kills.");
        Assert.True(acknowledged > Kills * BatchSize, "too few events were acknowledged to prove anything");
    }

    /// <summary>Sends batches, each with new ids, until the server is gone; remembers what was answered.</summary>
    private static async Task SendAsync(Uri url, string key, string prefix, ConcurrentBag<string[]> answered)
    {
        using var http = Client(url, key);
        for (var batch = 0; ; batch++)
        {
            string[] ids = [.. Enumerable.Range(0, BatchSize).Select(i => $"{prefix}-{batch}-{i}")];
            try
            {
                Assert.All(await PostAsync(http, ids), status => Assert.Equal("accepted", status));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
            {
                return;
            }

            answered.Add(ids);
        }
    }

    private static async Task<string[]> PostAsync(HttpClient http, string[] ids)
    {
        var events = ids.Select(id => new { id, device = "d", meter = "m", time = "2026-01-15T00:00:00Z", value = "1" });
        using var response = await http.PostAsJsonAsync("v1/events", new { events });
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return [.. answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetString()!)];
    }

    private static async Task<string> RegisterAsync(SiloProcess silo)
    {
        using var tenant = await TestTenant.CreateAsync(silo, "acknowledged", "2026-01-20T00:00:00Z");
        await tenant.MeterAsync("m", "kWh");
        await tenant.PlanAsync("""
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"u","name":"U","meter":"m","model":"perUnit","unitPrice":"1"}]}
            """);
        await tenant.CustomerAsync("c", "EUR", "p", "2026-01-01T00:00:00Z");
        await tenant.DeviceAsync("d", "c");
        using var server = Client(silo.Url, silo.Key);
        using var response = await server.PostAsync("v1/tenants/acknowledged/keys", null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static HttpClient Client(Uri url, string key)
    {
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
