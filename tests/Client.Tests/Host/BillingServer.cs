using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Client.Tests.Host;

/// <summary>The real server in a process of its own, on ports and a directory that it keeps when it is killed and started again.</summary>
public sealed class BillingServer : IAsyncDisposable
{
    private const string OperatorKey = "tests-operator-key-0123456789";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("orleans-billing-client-").FullName;
    private readonly Dictionary<string, string> _settings;
    private readonly HttpClient _http;
    private ServerProcess? _process;
    private int _tenants;

    public BillingServer()
    {
        _http = new() { BaseAddress = new($"http://127.0.0.1:{StablePorts.Next()}"), Timeout = TimeSpan.FromMinutes(2) };
        GrpcUrl = new($"http://127.0.0.1:{StablePorts.Next()}");
        _settings = new()
        {
            ["Gateway__HttpUrl"] = _http.BaseAddress.ToString().TrimEnd('/'),
            ["Gateway__GrpcUrl"] = GrpcUrl.ToString().TrimEnd('/'),
            ["Gateway__BootstrapKey"] = OperatorKey,
            ["Storage__Path"] = Path.Combine(_directory, "data"),
        };
    }

    /// <summary>Where gRPC is served.</summary>
    public Uri GrpcUrl { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        _process = ServerProcess.Start("server", Assembly(), Path.Combine(_directory, "server.log"), _settings);
        await Wait.UntilAsync(IsReadyAsync, "the server is ready", StartLimit);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        _process.Dispose();
    }

    /// <summary>It keeps its connections and answers nothing.</summary>
    public void Pause() => _process!.Pause();

    /// <summary>It goes on.</summary>
    public void Resume() => _process!.Resume();

    /// <summary>The key of a new tenant with what it needs to bill energy: 0.50 a kWh.</summary>
    public async Task<string> NewTenantAsync()
    {
        var id = $"t{Interlocked.Increment(ref _tenants)}";
        var tenant = await PostAsync(OperatorKey, "/v1/tenants", $$"""{ "id": "{{id}}", "testClock": { "now": "2012-06-03T00:00:00Z" } }""");
        var key = tenant.GetProperty("key").GetString()!;
        await PostAsync(key, "/v1/meters", """{ "id": "energy", "unit": "kWh" }""");
        await PostAsync(key, "/v1/plans", """
            { "id": "home", "name": "Home", "currency": "EUR", "charges": [
              { "id": "energy", "name": "Energy", "meter": "energy", "model": "perUnit", "unitPrice": "0.50" } ] }
            """);
        await PostAsync(key, "/v1/customers", """{ "id": "c-1", "name": "Ada", "currency": "EUR" }""");
        await PostAsync(key, "/v1/subscriptions", """{ "id": "s-1", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z" }""");
        await PostAsync(key, "/v1/devices", """{ "id": "meter-17", "subscription": "s-1" }""");
        return key;
    }

    /// <summary>A key of the tenant that may not report usage.</summary>
    public async Task<string> ReadingKeyAsync(string key) =>
        (await PostAsync(key, "/v1/keys", """{ "name": "Reader", "scopes": ["read"] }""")).GetProperty("key").GetString()!;

    /// <summary>The quantity and the amount of energy on the running bill.</summary>
    public async Task<(string Quantity, string Amount)> BilledAsync(string key)
    {
        var bill = await SendAsync(key, new(HttpMethod.Get, "/v1/customers/c-1/bill"));
        var line = bill.GetProperty("lines").EnumerateArray().Single();
        return (line.GetProperty("quantity").GetString()!, line.GetProperty("amount").GetString()!);
    }

    /// <summary>How many events of the device have been counted.</summary>
    public async Task<long> CountedAsync(string key)
    {
        var usage = await SendAsync(key, new(HttpMethod.Get, "/v1/devices/meter-17/usage"));
        return usage.GetProperty("rows").EnumerateArray().Single().GetProperty("events").GetInt64();
    }

    /// <summary>Posts JSON, which must succeed.</summary>
    public Task<JsonElement> PostAsync(string key, string path, string body) => SendAsync(
        key, new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { IsRunning: true } process)
        {
            await process.KillAsync();
            process.Dispose();
        }
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<JsonElement> SendAsync(string key, HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode
                ? JsonElement.Parse(body)
                : throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {body}");
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        if (!_process!.IsRunning)
        {
            throw new InvalidOperationException($"The server ended.\n{_process.LogTail()}");
        }
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // …/bin/Client.Tests/debug → …/bin/Silo/debug
    private static string Assembly()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "Silo", own.Name, "OrleansBilling.Silo.dll");
    }
}
