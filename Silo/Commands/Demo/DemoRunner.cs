using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Silo.Commands.Import;
using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Sending;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>
/// Plays a scenario through the public API: tenant, catalogue, registrations, usage, closing, invoices, audit.
/// </summary>
/// <param name="url">Of a running server.</param>
/// <param name="operatorKey">A key that may create tenants.</param>
/// <param name="dataDirectory">Where the data sets are.</param>
/// <param name="time">For waits.</param>
public sealed class DemoRunner(Uri url, string operatorKey, string dataDirectory, TimeProvider time)
{
    private const int Parallel = 8;
    private static readonly Duration Slack = Duration.FromMinutes(1);

    /// <summary>Begins ids of tenants.</summary>
    public string Prefix { get; init; } = "demo";

    /// <summary>Events in a request.</summary>
    public int Batch { get; init; } = 1_000;

    /// <summary>Told what is going on; the counters while an import runs, else null.</summary>
    public Func<string, ImportCounters?, Task, Task> Show { get; init; } = static (_, _, work) => work;

    /// <summary>The files of a scenario in the data directory; empty when the data set is not there.</summary>
    public IReadOnlyList<string> FilesOf(Scenario scenario) =>
    [
        .. scenario.Files.SelectMany(pattern =>
            FilePatterns.Expand(Path.Combine(dataDirectory, scenario.Dataset, pattern)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Plays a scenario in a tenant of its own.</summary>
    /// <exception cref="ApiException">The server refused something.</exception>
    public async Task<DemoResult> RunAsync(Scenario scenario, CancellationToken cancel)
    {
        var files = FilesOf(scenario);
        var map = MapReader.Load(Path.Combine(scenario.Directory, scenario.Map));
        var devices = Scan(files, map);
        var catalogue = ScenarioCatalogue.Load(scenario, dataDirectory);
        var calendar = new ScenarioCalendar(scenario, catalogue.Months);
        var accounts = ScenarioAccounts.Of(scenario, devices, calendar, catalogue);
        using var server = new BillingClient(url, operatorKey, time);
        var (tenant, key) = await CreateTenantAsync(server, scenario, accounts.Start, cancel);
        using var client = server.WithKey(key);
        await Show($"{scenario.Id}: registering", null, RegisterAsync(client, scenario, catalogue, accounts, cancel));
        var counters = await ImportAsync(client, scenario, files, map, cancel);
        await Show($"{scenario.Id}: closing", null, CloseAsync(client, accounts.End, cancel));
        var invoices = await InvoicesAsync(client, accounts.Customers, cancel);
        var audit = await client.PostAsync("v1/audit", new JsonObject(), cancel);
        return new(
            scenario, tenant, key, files, counters, accounts.Start, accounts.End, accounts.Customers, invoices, audit);
    }

    private static List<DeviceSpan> Scan(IReadOnlyList<string> files, MapDefinition map)
    {
        using var nowhere = new RejectsFile(null, append: false);
        var source = new ImportSource(new ImportOptions { Files = files, Map = map }, new ImportCounters(), nowhere);
        var spans = new Dictionary<string, DeviceSpan>(StringComparer.Ordinal);
        foreach (var (usage, _, _, _) in source.Mapped())
        {
            if (!spans.TryGetValue(usage.Device, out var span))
            {
                spans[usage.Device] = new(usage.Device, usage.Time, usage.Time);
            }
            else if (usage.Time > span.Last || (usage.Time < span.First && usage.Time >= ScenarioCalendar.Plausible))
            {
                spans[usage.Device] = span with
                {
                    First = Instant.Min(span.First, usage.Time), Last = Instant.Max(span.Last, usage.Time),
                };
            }
        }

        return [.. spans.Values.OrderBy(span => span.Device, StringComparer.Ordinal)];
    }

    /// <summary>
    /// A key is told only once, so a tenant of an earlier demo cannot be used again: the next number is taken.
    /// </summary>
    private async Task<(string Tenant, string Key)> CreateTenantAsync(
        BillingClient server, Scenario scenario, Instant start, CancellationToken cancel)
    {
        for (var number = 1; number < 1_000; number++)
        {
            var id = $"{Prefix}-{scenario.Id}{(number == 1 ? "" : $"-{number}")}";
            var body = new JsonObject
            {
                ["id"] = id,
                ["name"] = scenario.Title,
                ["testClock"] = new JsonObject { ["now"] = EventJson.Time(start) },
                ["grace"] = scenario.Grace,
                ["acceptanceWindow"] = "P35D",
            };
            try
            {
                var answer = await server.PostAsync("v1/tenants", body, cancel);
                if (answer.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String)
                {
                    return (id, key.GetString()!);
                }
            }
            catch (ApiException taken) when (taken.Status == HttpStatusCode.Conflict)
            {
                // A tenant of that name runs on another clock; the next number is free.
            }
        }

        throw new ApiException($"Every tenant id {Prefix}-{scenario.Id}-N is taken; use another --prefix.");
    }

    private static async Task RegisterAsync(
        BillingClient client,
        Scenario scenario,
        ScenarioCatalogue catalogue,
        ScenarioAccounts accounts,
        CancellationToken cancel)
    {
        foreach (var meter in scenario.Meters)
        {
            await client.PostAsync("v1/meters", meter, cancel);
        }

        foreach (var plan in catalogue.Plans)
        {
            await client.PostAsync("v1/plans", plan, cancel);
        }

        await EachAsync(accounts.CustomerBodies, body => client.PostAsync("v1/customers", body, cancel), cancel);
        await EachAsync(accounts.SubscriptionBodies, body => client.PostAsync("v1/subscriptions", body, cancel),
            cancel);
        await EachAsync(accounts.Devices, device => RegisterDeviceAsync(client, device, cancel), cancel);
    }

    private static async Task RegisterDeviceAsync(BillingClient client, DevicePlacement device,
        CancellationToken cancel)
    {
        var (first, from) = device.Assignments[0];
        await client.PostAsync(
            "v1/devices",
            new JsonObject { ["id"] = device.Device, ["subscription"] = first, ["from"] = EventJson.Time(from) },
            cancel);
        foreach (var (subscription, since) in device.Assignments.Skip(1))
        {
            await client.PostAsync(
                $"v1/devices/{Uri.EscapeDataString(device.Device)}/assignments",
                new JsonObject { ["subscription"] = subscription, ["from"] = EventJson.Time(since) },
                cancel);
        }
    }

    private async Task<ImportCounters> ImportAsync(
        BillingClient client, Scenario scenario, IReadOnlyList<string> files, MapDefinition map,
            CancellationToken cancel)
    {
        var options = new ImportOptions { Files = files, Map = map, FollowClock = true, Sort = true, Batch = Batch };
        var import = new ImportRunner(client, options, time);
        await Show($"{scenario.Id}: importing", import.Counters, Task.Run(() => import.RunAsync(cancel), cancel));
        return import.Counters;
    }

    private static async Task CloseAsync(BillingClient client, Instant end, CancellationToken cancel)
    {
        var clock = await TestClock.OpenAsync(client, inOrder: true, cancel);
        await clock.CloseAsync(end + Slack, cancel);
    }

    private static async Task<List<JsonElement>> InvoicesAsync(
        BillingClient client, IReadOnlyList<string> customers, CancellationToken cancel)
    {
        var all = new List<JsonElement>[customers.Count];
        await EachAsync(
            Enumerable.Range(0, customers.Count).ToList(),
            async index => all[index] = await InvoicesAsync(client, customers[index], cancel),
            cancel);
        return [.. all.SelectMany(invoices => invoices)];
    }

    private static async Task<List<JsonElement>> InvoicesAsync(BillingClient client, string customer,
        CancellationToken cancel)
    {
        var invoices = new List<JsonElement>();
        await foreach (var invoice in client.ListAsync($"v1/customers/{Uri.EscapeDataString(customer)}/invoices",
            cancel))
        {
            invoices.Add(invoice);
        }

        invoices.Reverse();
        return invoices;
    }

    private static Task EachAsync<T>(IReadOnlyList<T> items, Func<T, Task> act, CancellationToken cancel) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel },
            async (item, _) => await act(item));
}
