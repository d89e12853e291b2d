using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>Registers the fleet at a running gateway and sends its usage, many requests at a time.</summary>
internal sealed class FleetClient(FleetOptions options, HttpClient http)
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(2);

    private readonly FleetPopulation _fleet = new(options);
    private readonly Instant _now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private long _repeated;

    public static async Task<int> RunAsync(FleetOptions options, Uri url)
    {
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        await new FleetClient(options, http).RunAsync();
        return 0;
    }

    private async Task RunAsync()
    {
        Console.WriteLine($"{options.Devices:N0} devices, {options.Subscriptions:N0} subscriptions, {options.EventsPerDevice} events "
            + $"a device, seed {options.Seed}, {options.Concurrency} requests at a time");
        foreach (var meter in FleetPopulation.Meters)
        {
            await PostAsync("/v1/meters", new { meter.Id, meter.Name, meter.Unit, meter.Aggregation });
        }
        await PostAsync("/v1/plans", JsonDocument.Parse(FleetPopulation.PlanJsonText).RootElement);
        await Phase("customers", options.Subscriptions, 1, i => PostAsync("/v1/customers", FleetPopulation.Customer(i)));
        await Phase("subscriptions", options.Subscriptions, 1, i =>
        {
            var spec = FleetPopulation.SubscriptionSpec(i);
            return PostAsync(
                "/v1/subscriptions",
                new { spec.Id, spec.Customer, spec.Plan, start = FleetPopulation.Plan.PublishedAt.ToString(), spec.TimeZone });
        });
        await Phase("devices", options.Devices, 1, i => PostAsync(
            "/v1/devices", new { id = _fleet.Device(i), subscription = _fleet.SubscriptionOf(i) }));
        var batches = (options.Devices + BatchSize - 1) / BatchSize * options.EventsPerDevice;
        await Phase("events", batches, BatchSize, SendAsync);
        Console.WriteLine($"requests repeated because the answer was not clear, or was to come again later: {_repeated:N0}");
    }

    private async Task Phase(string name, int requests, int each, Func<int, Task> request)
    {
        var clock = new WorkClock();
        await Parallel.ForAsync(
            0, requests, new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency }, async (i, _) => await request(i));
        var rate = (double)requests * each / clock.Elapsed.TotalSeconds;
        Console.WriteLine($"{name}: {rate:N0}/s, {requests:N0} requests in {clock.Elapsed.TotalSeconds:N1} s");
    }

    /// <summary>One event of each of a thousand devices; a batch is the same however often it is made.</summary>
    private async Task SendAsync(int batch)
    {
        var random = new Random(unchecked((options.Seed * 7919) + batch));
        var blocks = (options.Devices + BatchSize - 1) / BatchSize;
        var first = batch % blocks * BatchSize;
        var events = Enumerable.Range(first, Math.Min(BatchSize, options.Devices - first))
            .Select(i => FleetPopulation.Event(_fleet.Device(i), _now, random)).Select(Body).ToArray();
        using var answer = await PostAsync("/v1/events", new { events });
        var root = answer.RootElement;
        var counted = root.GetProperty("accepted").GetInt32() + root.GetProperty("late").GetInt32()
            + root.GetProperty("duplicates").GetInt32();
        if (counted != events.Length)
        {
            throw new InvalidOperationException($"Of {events.Length} events, {counted} count: {Short(root.GetRawText())}");
        }
    }

    private static object Body(UsageEvent e) => new
    {
        e.Id,
        e.Device,
        e.Meter,
        time = Instant.FromUnixTimeTicks(e.UnixTicks).ToString(),
        value = e.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Sends until the answer is clear; every request may be repeated.</summary>
    private async Task<JsonDocument> PostAsync(string path, object body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var response = await TryAsync(path, bytes);
            if (response is { IsSuccessStatusCode: true })
            {
                return (await response.Content.ReadFromJsonAsync<JsonDocument>())!;
            }
            if (response is { StatusCode: not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) }
                || TimeProvider.System.GetElapsedTime(began) > LongestRetry)
            {
                var text = response is null ? "no answer" : await response.Content.ReadAsStringAsync();
                throw new InvalidOperationException($"{path} answered {response?.StatusCode}: {Short(text)}");
            }
            Interlocked.Increment(ref _repeated);
            await Task.Delay(response?.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(200));
        }
    }

    private async Task<HttpResponseMessage?> TryAsync(string path, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        try
        {
            return await http.PostAsync(path, content);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private static string Short(string text) => text.Length <= 400 ? text : text[..400];
}
