using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using OrleansBilling.Benchmarks.Server;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Benchmarks.BillRun;

/// <summary>How many invoices a second a bill run finalizes: taxed, numbered, sealed and durable.</summary>
internal sealed class BillRunBenchmark(BillRunOptions options, HttpClient http)
{
    private const int EventsPerRequest = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(BillRunOptions options)
    {
        Say($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; "
            + $"{options.Customers:N0} customers with {options.Devices} devices each, store {options.Store}, {options.Partitions} partitions");
        await using var store = await StoreUnderTest.StartAsync(options.Store);
        await using var silo = SiloUnderTest.Start(new(1, options.Partitions), store, 0);
        using var http = new HttpClient { BaseAddress = silo.Url, Timeout = TimeSpan.FromMinutes(30) };
        await Wait.UntilAsync(() => silo.IsReadyAsync(http), "the server is ready", Patience);
        var benchmark = new BillRunBenchmark(options, http);
        await benchmark.PrepareAsync();
        Say("customers and usage are there");
        var (before, used) = (await store.FillAsync(), ProcessUse.Seconds(silo.ProcessId));
        var began = Stopwatch.GetTimestamp();
        (await benchmark.PostAsync("/v1/clock/advance", new { to = "2026-07-02T00:00:00Z" })).Dispose();
        var took = Stopwatch.GetElapsedTime(began);
        var written = await store.FillAsync() - before;
        Say($"bill run: {options.Customers / took.TotalSeconds:N0} invoices/s, {took.TotalSeconds:N1} s in all; server "
            + $"{(ProcessUse.Seconds(silo.ProcessId) - used) * 1_000d / options.Customers:N2} ms of processor time and "
            + $"{(double)written.Bytes / options.Customers:N0} bytes of log an invoice, {ProcessUse.Memory(silo.ProcessId):N0} MiB");
        return await benchmark.CheckAsync() ? 0 : 1;
    }

    private async Task PrepareAsync()
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloUnderTest.OperatorKey);
        using var tenant = await PostAsync("/v1/tenants", new { id = "bills", testClock = new { now = "2026-06-20T00:00:00Z" } });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tenant.RootElement.GetProperty("key").GetString());
        using var entity = await http.PutAsJsonAsync("/v1/legal-entities/de", new
        {
            name = "Seller GmbH", country = "DE", timeZone = "Europe/Berlin", @default = true,
            tax = new { registrations = new[] { new { jurisdiction = "DE", number = "DE136695976", validFrom = "2020-01-01" } } },
        });
        entity.EnsureSuccessStatusCode();
        (await PostAsync("/v1/meters", new { id = "data", unit = "MB" })).Dispose();
        (await PostAsync("/v1/plans", JsonDocument.Parse("""
            {"id":"iot","currency":"EUR","charges":[
              {"id":"base","name":"Monthly fee","kind":"recurring","amount":"1.90"},
              {"id":"data","name":"Data","meter":"data","model":"graduated","tiers":[{"upTo":"5","unitPrice":"0.02"},{"upTo":null,"unitPrice":"0.01"}]}]}
            """).RootElement)).Dispose();
        await EachAsync(options.Customers, async i =>
        {
            (await PostAsync("/v1/customers", new { id = $"c{i}", name = $"Customer {i}", currency = "EUR", country = "DE" })).Dispose();
            (await PostAsync("/v1/subscriptions", new { id = $"s{i}", customer = $"c{i}", plan = "iot", start = "2026-06-01T00:00:00Z" })).Dispose();
        });
        var devices = options.Customers * options.Devices;
        await EachAsync((devices + EventsPerRequest - 1) / EventsPerRequest, async block =>
        {
            var numbers = Enumerable.Range(block * EventsPerRequest, Math.Min(EventsPerRequest, devices - (block * EventsPerRequest))).ToArray();
            (await PostAsync("/v1/devices/batch", new
            {
                devices = numbers.Select(n => new { id = Device(n), subscription = $"s{n / options.Devices}", from = "2026-06-01T00:00:00Z" }),
            })).Dispose();
            (await PostAsync("/v1/events", new
            {
                events = numbers.Select(n => new { id = "e", device = Device(n), meter = "data", time = "2026-06-10T08:00:00Z", value = "1.25" }),
            })).Dispose();
        });
    }

    private async Task<bool> CheckAsync()
    {
        using var report = await PostAsync("/v1/legal-entities/de/verify", new { });
        using var audit = await PostAsync("/v1/audit", new { });
        var (intact, documents, agrees) = (
            report.RootElement.GetProperty("intact").GetBoolean(), report.RootElement.GetProperty("documents").GetInt32(),
            audit.RootElement.GetProperty("agrees").GetBoolean());
        Say($"{documents:N0} documents, the chain is {(intact ? "" : "not ")}intact, the audit {(agrees ? "agrees" : "does not agree")}");
        return intact && agrees && documents == options.Customers;
    }

    private static string Device(int number) => string.Create(CultureInfo.InvariantCulture, $"d{number:D7}");

    private static Task EachAsync(int count, Func<int, Task> work) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => await work(i));

    private async Task<JsonDocument> PostAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text)
            : throw new InvalidOperationException($"{path}: {answer.StatusCode} {text}");
    }

    private static void Say(string text) => Console.WriteLine(text);
}
