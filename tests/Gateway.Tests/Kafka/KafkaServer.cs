using System.Globalization;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Kafka;

/// <summary>A real server that reads from the mock cluster, with a tenant that can be billed.</summary>
public sealed class KafkaServer : IAsyncDisposable
{
    public const string Tenant = "acme";
    private Caller? _caller;

    public KafkaServer(MockKafka kafka, IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>
        {
            ["Kafka__BootstrapServers"] = kafka.Bootstrap,
            ["Kafka__GroupId"] = KafkaTopics.Group,
            ["Kafka__Topics__0__Name"] = KafkaTopics.Usage,
            ["Kafka__Topics__0__Tenant"] = Tenant,
            ["Kafka__Topics__1__Name"] = KafkaTopics.Fleet,
            ["Kafka__DeadLetterTopic"] = KafkaTopics.DeadLetters,
            ["Kafka__MaxMessageBytes"] = "4000",
            // A killed member is noticed soon, as with the mock cluster's clock.
            ["Kafka__Librdkafka__session.timeout.ms"] = "1000",
            ["Kafka__Librdkafka__heartbeat.interval.ms"] = "200",
            ["Kafka__Librdkafka__reconnect_backoff_max_ms"] = "200",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }
        Silo = new(all);
    }

    public SiloProcess Silo { get; }

    /// <summary>With the tenant's key.</summary>
    public Caller Caller => _caller!;

    /// <summary>A test clock that stands in June 2012, a price of 0.31 a kWh, and devices d-0 to d-(n-1) of one subscription.</summary>
    public async Task FurnishAsync(int devices)
    {
        using var server = new Caller(Silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
        var made = await server.CreateAsync("/v1/tenants", $$"""{ "id": "{{Tenant}}", "testClock": { "now": "2012-06-03T00:00:00Z" } }""");
        _caller = new(Silo.Client(made.Text("key")), made.Text("key"));
        await HostFixture.FurnishAsync(_caller);
        await Task.WhenAll(Enumerable.Range(0, devices).Select(i =>
            _caller.CreateAsync("/v1/devices", $$"""{ "id": "d-{{i}}", "subscription": "s-1" }""")));
        // Kept, and not billed.
        await _caller.CreateAsync("/v1/devices", """{ "id": "loose" }""");
    }

    /// <summary>Another server of the same cluster, with the same key.</summary>
    public void Know(KafkaServer other) => _caller = new(Silo.Client(other.Caller.Key), other.Caller.Key);

    /// <summary>Events and kWh on the running bill; none before the first event.</summary>
    public async Task<(long Events, decimal Quantity)> BilledAsync()
    {
        var bill = await Caller.GetAsync("/v1/customers/c-1/bill");
        Assert.True(bill.Status is 200 or 503, bill.Body);
        var lines = bill.Status == 200 ? bill.Json.GetProperty("lines").EnumerateArray() : default;
        foreach (var line in lines.Where(line => line.GetProperty("chargeId").GetString() == "energy"))
        {
            return (line.GetProperty("events").GetInt64(), decimal.Parse(line.GetProperty("quantity").GetString()!, CultureInfo.InvariantCulture));
        }
        return (0, 0);
    }

    /// <summary>A figure of /metrics; the sum over its labels, 0 when it is not there.</summary>
    public async Task<decimal> FigureAsync(string name)
    {
        using var client = Silo.Client(SiloProcess.OperatorKey);
        var text = await client.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
            .Sum(line => decimal.Parse(line.Split('}')[^1].Trim().Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _caller?.Dispose();
        await Silo.DisposeAsync();
    }
}
