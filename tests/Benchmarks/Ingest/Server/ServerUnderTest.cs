using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansBilling.Benchmarks.Ingest.Load;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Benchmarks.Ingest.Server;

/// <summary>A silo with its gateway as a process of its own, and a tenant with a fleet in it.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    /// <summary>And of a customer, who has one.</summary>
    public const int DevicesPerSubscription = 10;

    private const string OperatorKey = "benchmark-operator-key-0123456789";
    private const int DevicesPerRequest = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private ServerUnderTest(ServerProcess process, Uri url, Uri grpcUrl) =>
        (_process, _http, Url, GrpcUrl) = (process, new HttpClient { BaseAddress = url }, url, grpcUrl);

    public Uri Url { get; }

    public Uri GrpcUrl { get; }

    public int ProcessId => _process.Id;

    /// <summary>Of the tenant.</summary>
    public string Key { get; private set; } = "";

    public static async Task<ServerUnderTest> StartAsync(IngestOptions options, StoreUnderTest store)
    {
        var (url, grpc) = (new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new Uri($"http://127.0.0.1:{FreePorts.Next()}"));
        var settings = new Dictionary<string, string>(store.Settings())
        {
            ["Gateway__HttpUrl"] = url.ToString().TrimEnd('/'),
            ["Gateway__GrpcUrl"] = grpc.ToString().TrimEnd('/'),
            ["Gateway__BootstrapKey"] = OperatorKey,
            ["Storage__Partitions"] = options.Partitions.ToString(CultureInfo.InvariantCulture),
            // As it runs in production; tests turn it off.
            ["DOTNET_TieredPGO"] = "1",
        };
        var silo = Path.Combine(AppContext.BaseDirectory, "OrleansBilling.Silo.dll");
        var server = new ServerUnderTest(ServerProcess.Start("silo", silo, Path.Combine(store.Folder, "silo.log"), settings), url, grpc);
        try
        {
            await Wait.UntilAsync(server.IsReadyAsync, "the server is ready", Patience);
            await server.PrepareAsync(options);
            return server;
        }
        catch
        {
            await Console.Error.WriteLineAsync(server._process.LogTail());
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the running bill of a customer says of the usage that its devices sent.</summary>
    public async Task<decimal> BilledAsync(int customer)
    {
        using var bill = await _http.GetFromJsonAsync<JsonDocument>($"/v1/customers/c{customer}/bill");
        return bill!.RootElement.GetProperty("lines").EnumerateArray()
            .Where(l => l.GetProperty("chargeId").GetString() == "data")
            .Sum(l => decimal.Parse(l.GetProperty("quantity").GetString()!, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.KillAsync();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (!_process.IsRunning)
        {
            throw new InvalidOperationException($"The server does not start:\n{_process.LogTail()}");
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

    private async Task PrepareAsync(IngestOptions options)
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        using var tenant = await PostAsync("/v1/tenants", new { id = "bench", name = "Benchmark" });
        Key = tenant.RootElement.GetProperty("key").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        (await PostAsync("/v1/meters", new { id = "data", name = "Data", unit = "MB" })).Dispose();
        (await PostAsync("/v1/plans", JsonDocument.Parse("""
            {"id":"iot-s","name":"IoT S","currency":"EUR","charges":[
              {"id":"base","name":"Monthly fee","kind":"recurring","model":"flat","amount":"1.90"},
              {"id":"data","name":"Data","meter":"data","model":"graduated","tiers":[
                {"upTo":"500","unitPrice":"0.02"},{"upTo":"5000","unitPrice":"0.01"},{"upTo":null,"unitPrice":"0.005"}]}]}
            """).RootElement)).Dispose();
        var start = TimeProvider.System.GetUtcNow().AddDays(-2).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
        var subscriptions = (options.Devices + DevicesPerSubscription - 1) / DevicesPerSubscription;
        await EachAsync(subscriptions, async i =>
        {
            (await PostAsync("/v1/customers", new { id = $"c{i}", name = $"Customer {i}", currency = "EUR" })).Dispose();
            (await PostAsync("/v1/subscriptions", new { id = $"s{i}", customer = $"c{i}", plan = "iot-s", start })).Dispose();
        });
        await EachAsync((options.Devices + DevicesPerRequest - 1) / DevicesPerRequest, async block =>
        {
            var first = block * DevicesPerRequest;
            var devices = Enumerable.Range(first, Math.Min(DevicesPerRequest, options.Devices - first))
                .Select(i => new { id = UsageSource.DeviceId(i), subscription = $"s{i / DevicesPerSubscription}", from = start });
            (await PostAsync("/v1/devices/batch", new { devices })).Dispose();
        });
    }

    private static Task EachAsync(int count, Func<int, Task> work) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => await work(i));

    private async Task<JsonDocument> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text)
            : throw new InvalidOperationException($"{path}: {answer.StatusCode} {text}");
    }
}
