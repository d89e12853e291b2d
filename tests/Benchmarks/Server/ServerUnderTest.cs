using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Benchmarks.Server;

/// <summary>Silos with their gateways, and a tenant with a fleet in them.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private const int DevicesPerRequest = 1_000;
    private const string Maximum = "\"maximum\":\"1000000\",\"blockAt\":\"maximum\",";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;

    private ServerUnderTest(SiloUnderTest[] silos) =>
        (Silos, _http) = (silos, new HttpClient { BaseAddress = silos[0].Url });

    public IReadOnlyList<SiloUnderTest> Silos { get; }

    /// <summary>Of the tenant.</summary>
    public string Key { get; private set; } = "";

    public static async Task<ServerUnderTest> StartAsync(FleetUnderTest fleet, StoreUnderTest store)
    {
        var server = new ServerUnderTest([.. Enumerable.Range(0, fleet.Silos).Select(i => SiloUnderTest.Start(fleet, store, i))]);
        try
        {
            foreach (var silo in server.Silos)
            {
                await Wait.UntilAsync(() => silo.IsReadyAsync(server._http), "the server is ready", Patience);
            }
            await server.PrepareAsync(fleet);
            return server;
        }
        catch
        {
            foreach (var silo in server.Silos)
            {
                await Console.Error.WriteLineAsync(silo.LogTail());
            }
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Seconds of processor time of all of them.</summary>
    public double ProcessorSeconds() => Silos.Sum(s => ProcessUse.Seconds(s.ProcessId));

    /// <summary>Resident, in MiB.</summary>
    public double Memory() => Silos.Sum(s => ProcessUse.Memory(s.ProcessId));

    /// <summary>Bytes in the heaps of all of them, after full collections.</summary>
    public async Task<double> AliveAsync()
    {
        var sum = 0d;
        foreach (var silo in Silos)
        {
            sum += await ServerHeap.AliveAsync(silo.ProcessId, () => MetricsAsync(silo));
        }
        return sum;
    }

    /// <summary>What the collectors of all of them have done.</summary>
    public async Task<CollectorUse> CollectorsAsync()
    {
        var sum = default(CollectorUse);
        foreach (var silo in Silos)
        {
            sum += CollectorUse.Read(await MetricsAsync(silo));
        }
        return sum;
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
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }
    }

    private async Task PrepareAsync(FleetUnderTest fleet)
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloUnderTest.OperatorKey);
        using var tenant = await PostAsync("/v1/tenants", new { id = "bench", name = "Benchmark" });
        Key = tenant.RootElement.GetProperty("key").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        (await PostAsync("/v1/meters", new { id = "data", name = "Data", unit = "MB" })).Dispose();
        (await PostAsync("/v1/plans", JsonDocument.Parse($$"""
            {"id":"iot-s","name":"IoT S","currency":"EUR","charges":[
              {"id":"base","name":"Monthly fee","kind":"recurring","model":"flat","amount":"1.90"},
              {"id":"data","name":"Data","meter":"data",{{(fleet.Blocks ? Maximum : "")}}"model":"graduated","tiers":[
                {"upTo":"500","unitPrice":"0.02"},{"upTo":"5000","unitPrice":"0.01"},{"upTo":null,"unitPrice":"0.005"}]}]}
            """).RootElement)).Dispose();
        var start = TimeProvider.System.GetUtcNow().AddDays(-2).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
        await EachAsync(fleet.Subscriptions, async i =>
        {
            (await PostAsync("/v1/customers", new { id = $"c{i}", name = $"Customer {i}", currency = "EUR" })).Dispose();
            (await PostAsync("/v1/subscriptions", new { id = $"s{i}", customer = $"c{i}", plan = "iot-s", start })).Dispose();
        });
        await EachAsync((fleet.Devices + DevicesPerRequest - 1) / DevicesPerRequest, async block =>
        {
            var first = block * DevicesPerRequest;
            var devices = Enumerable.Range(first, Math.Min(DevicesPerRequest, fleet.Devices - first))
                .Select(i => new { id = FleetUnderTest.DeviceId(i), subscription = $"s{i / FleetUnderTest.DevicesPerSubscription}", from = start });
            (await PostAsync("/v1/devices/batch", new { devices })).Dispose();
        });
    }

    private async Task<string> MetricsAsync(SiloUnderTest silo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Url, "/metrics"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SiloUnderTest.OperatorKey);
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
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
