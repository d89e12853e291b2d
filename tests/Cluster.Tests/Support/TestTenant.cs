using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Silo.Commands.Api;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>A tenant on a test clock, with shorthands for the calls that tests make.</summary>
internal sealed class TestTenant : IDisposable
{
    private readonly BillingClient _client;

    private TestTenant(BillingClient client) => _client = client;

    public BillingClient Client => _client;

    public static async Task<TestTenant> CreateAsync(
        SiloProcess silo, string id, string now, string grace = "PT1H", string window = "P35D")
    {
        using var server = silo.Client();
        return await CreateAsync(server, id, now, grace, window);
    }

    /// <param name="server">With the operator key.</param>
    public static async Task<TestTenant> CreateAsync(
        BillingClient server, string id, string now, string grace = "PT1H", string window = "P35D")
    {
        var answer = await server.PostAsync(
            "v1/tenants",
            new JsonObject
            {
                ["id"] = id,
                ["testClock"] = new JsonObject { ["now"] = now },
                ["grace"] = grace,
                ["acceptanceWindow"] = window,
            },
            default);
        if (!answer.TryGetProperty("key", out var key))
        {
            // The answer with the first key was lost, and the repeat does not tell it.
            key = (await server.PostAsync($"v1/tenants/{id}/keys", new JsonObject(), default)).GetProperty("key");
        }
        return new(server.WithKey(key.GetString()!));
    }

    /// <summary>The same tenant through another server.</summary>
    public TestTenant At(Uri url) => new(new BillingClient(url, _client.Key, TimeProvider.System, _client.RetryFor));

    public Task MeterAsync(string id, string unit) => PostAsync("v1/meters", new { id, name = id, unit });

    public Task PlanAsync(string json) => _client.PostAsync("v1/plans", JsonNode.Parse(json)!, default);

    public async Task CustomerAsync(string id, string currency, string plan, string start, string? zone = null)
    {
        await PostAsync("v1/customers", new { id, name = id, currency });
        await PostAsync("v1/subscriptions", new { id, customer = id, plan, start, timeZone = zone ?? "Etc/UTC" });
    }

    public Task DeviceAsync(string id, string subscription) => PostAsync("v1/devices", new { id, subscription });

    public Task<JsonElement> AdvanceAsync(string to) => PostAsync("v1/clock/advance", new { to });

    public async Task<List<JsonElement>> InvoicesAsync(string customer)
    {
        var invoices = new List<JsonElement>();
        await foreach (var invoice in _client.ListAsync($"v1/customers/{customer}/invoices", default))
        {
            invoices.Add(invoice);
        }

        invoices.Reverse();
        return invoices;
    }

    public Task<JsonElement> BillAsync(string customer) => _client.GetAsync($"v1/customers/{customer}/bill", default);

    public Task<JsonElement> AuditAsync() => _client.PostAsync("v1/audit", new JsonObject(), default);

    /// <summary>Sends events and answers their statuses.</summary>
    public async Task<IReadOnlyList<string>> SendAsync(params object[] events)
    {
        var answer = await PostAsync("v1/events", new { events });
        return [.. answer.GetProperty("results").EnumerateArray().Select(result =>
            result.GetProperty("status").GetString()!)];
    }

    public Task<JsonElement> PostAsync(string path, object body) =>
        _client.PostAsync(path, JsonSerializer.SerializeToNode(body)!, default);

    public Task PutAsync(string path, object body) => PutAsync(path, JsonContent.Create(body));

    public Task PutAsync(string path, byte[] file, string type) =>
        PutAsync(path, new ByteArrayContent(file) { Headers = { ContentType = new(type) } });

    private async Task PutAsync(string path, HttpContent content)
    {
        using var http = new HttpClient { BaseAddress = _client.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _client.Key);
        using var answer = await http.PutAsync(path, content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _client.Dispose();
}
