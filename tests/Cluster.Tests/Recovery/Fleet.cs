using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>
/// Fills a tenant through the public API, many requests at a time: customers with a subscription each, their devices, and usage
/// of every device in batches.
/// </summary>
internal sealed class Fleet(RecoveryOptions options, ApiCaller caller, DateTimeOffset now, TimeProvider time, Action<string> say)
{
    private const string Plan = "iot";
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Meter and plan.</summary>
    public async Task PriceAsync(CancellationToken cancel)
    {
        await DoneAsync("v1/meters", new { id = PlanTerms.Meter, unit = "kWh" }, cancel);
        var plan = new PlanTerms(Plan, "month", 1.90m, [new(500m, 0.02m, 0m), new(null, 0.01m, 0m)], 0.0001m);
        await DoneAsync("v1/plans", plan.ToJson(), cancel);
    }

    /// <summary>A customer with one subscription for all of these devices.</summary>
    public async Task RegisterAsync(string customer, IEnumerable<string> devices, CancellationToken cancel)
    {
        await CustomerAsync(customer, cancel);
        await SubscriptionAsync(customer, cancel);
        foreach (var device in devices)
        {
            await DoneAsync("v1/devices", new { id = device, subscription = customer }, cancel);
        }
    }

    public async Task FillAsync(CancellationToken cancel)
    {
        await PhaseAsync("customers", options.Subscriptions, 1, i => CustomerAsync(Customer(i), cancel));
        await PhaseAsync("subscriptions", options.Subscriptions, 1, i => SubscriptionAsync(Customer(i), cancel));
        await PhaseAsync("devices", Blocks, Math.Min(BatchSize, options.Devices), block => DevicesAsync(block * BatchSize, cancel));
        var sender = new HttpUsageSender(caller);
        await PhaseAsync(
            "events", Blocks * options.EventsPerDevice, Math.Min(BatchSize, options.Devices), batch => SendAsync(batch, sender, cancel));
    }

    /// <summary>Batches that hold an event of each device.</summary>
    private int Blocks => (options.Devices + BatchSize - 1) / BatchSize;

    private static string Customer(int number) => string.Create(CultureInfo.InvariantCulture, $"customer-{number:D7}");

    private static string Device(int number) => string.Create(CultureInfo.InvariantCulture, $"device-{number:D8}");

    private async Task PhaseAsync(string what, int requests, int each, Func<int, Task> request)
    {
        var started = time.GetTimestamp();
        await Parallel.ForAsync(
            0, requests, new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency }, async (i, _) => await request(i));
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"filled {(long)requests * each:N0} {what} in {seconds:0.0} s, {requests * each / seconds:N0} a second"));
    }

    private Task CustomerAsync(string id, CancellationToken cancel) =>
        DoneAsync("v1/customers", new { id, name = id, currency = "EUR" }, cancel);

    private Task SubscriptionAsync(string customer, CancellationToken cancel) => DoneAsync(
        "v1/subscriptions",
        new { id = customer, customer, plan = Plan, start = Start.ToString("O", CultureInfo.InvariantCulture), timeZone = "Europe/Berlin" },
        cancel);

    /// <summary>A thousand of them.</summary>
    private async Task DevicesAsync(int first, CancellationToken cancel)
    {
        var devices = Enumerable.Range(first, Math.Min(BatchSize, options.Devices - first))
            .Select(i => new { id = Device(i), subscription = Customer(i / options.DevicesPerSubscription) });
        var answer = JsonNode.Parse(await AnswerAsync("v1/devices/batch", new { devices }, cancel))!;
        if ((int)answer["refused"]! > 0)
        {
            throw new SurpriseException($"Devices were refused: {answer.ToJsonString()[..Math.Min(500, answer.ToJsonString().Length)]}");
        }
    }

    /// <summary>One event of each of a thousand devices.</summary>
    private async Task SendAsync(int number, HttpUsageSender sender, CancellationToken cancel)
    {
        var (round, first) = (number / Blocks, number % Blocks * BatchSize);
        var when = now - TimeSpan.FromMinutes(options.EventsPerDevice - round);
        SentEvent[] events =
        [
            .. Enumerable.Range(first, Math.Min(BatchSize, options.Devices - first)).Select(device => new SentEvent(
                Device(device), string.Create(CultureInfo.InvariantCulture, $"reading-{device:D8}-{round:D4}"), when, "0.25")),
        ];
        var batch = new UsageBatch(number, BatchPurpose.Usage, events);
        for (var attempt = 0; ; attempt++)
        {
            if (await sender.TrySendAsync(batch, Patience, _ => { }, cancel) is not { } answer)
            {
                await caller.BackOffAsync(attempt, cancel);
                continue;
            }

            if (!answer.Letters.All(EventAnswer.Counts))
            {
                throw new SurpriseException($"Batch {number} was answered {answer.Letters}, {string.Join(", ", answer.Reasons ?? [])}.");
            }

            return;
        }
    }

    private async Task DoneAsync(string path, object body, CancellationToken cancel) => await AnswerAsync(path, body, cancel);

    private async Task<byte[]> AnswerAsync(string path, object body, CancellationToken cancel)
    {
        var node = body as JsonNode ?? JsonSerializer.SerializeToNode(body)!;
        var answer = await caller.PostAsync(path, node, cancel, Patience);
        if (!answer.Succeeded)
        {
            throw new SurpriseException($"{path} {node.ToJsonString()} was refused: {Encoding.UTF8.GetString(answer.Body)}");
        }

        return answer.Body;
    }
}
