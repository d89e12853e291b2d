using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>Who and what the fleet is: the same for the same seed, on a test clock.</summary>
internal sealed class FleetPopulation(FleetOptions options)
{
    public const string TenantId = "fleet";

    public static readonly Instant Now = Instant.FromUtc(2026, 11, 15, 12, 0);
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>The plan of all of them, as the API takes it.</summary>
    public const string PlanJsonText = """
        {"id":"iot-s","name":"IoT S","currency":"EUR","charges":[
          {"id":"base","name":"Monthly fee","kind":"recurring","model":"flat","amount":"1.90"},
          {"id":"data","name":"Data","meter":"data","model":"graduated","tiers":[
            {"upTo":"500","unitPrice":"0.02"},{"upTo":"5000","unitPrice":"0.01"},{"upTo":null,"unitPrice":"0.005"}]},
          {"id":"sms","name":"SMS","meter":"sms","model":"perUnit","unitPrice":"0.07"}]}
        """;

    public static readonly PlanView Plan = new("iot-s", 1, Start, Parse(PlanJsonText));

    private readonly Random _random = new(options.Seed);
    private readonly int _firstUnit = new Random(options.Seed).Next(100_000_000);

    public static MeterDefinition[] Meters { get; } =
        [new("data", "Data", "MB"), new("sms", "SMS", "1", "count")];

    public static TenantView Tenant { get; } =
        new(TenantId, "Fleet", Now, TimeSpan.FromHours(1), TimeSpan.FromDays(35));

    public int PartitionOf(EntityKind kind, string id) => PartitionMap.Of(kind, TenantId, id, options.Partitions);

    /// <summary>The i-th device's id: an IMEI, 15 digits of which the last one is a check digit.</summary>
    public string Device(int i)
    {
        var body = 35_000_000_000_000L + (10_000_000L * (i % 40)) + ((_firstUnit + i) % 10_000_000L);
        return string.Create(CultureInfo.InvariantCulture, $"{body}{CheckDigit(body)}");
    }

    public string SubscriptionOf(int device) => SubscriptionId(device / options.DevicesPerSubscription);

    public static string SubscriptionId(int i) => string.Create(CultureInfo.InvariantCulture, $"sub-{i:D7}");

    public static string CustomerId(int i) => string.Create(CultureInfo.InvariantCulture, $"cus-{i:D7}");

    public static CustomerSpec Customer(int i) => new(
        CustomerId(i), $"Customer {i} GmbH", "EUR", $"billing@customer{i}.example",
        [$"Hauptstrasse {(i % 200) + 1}", "10115 Berlin", "Germany"]);

    public static SubscriptionSpec SubscriptionSpec(int i) =>
        new(SubscriptionId(i), CustomerId(i), Plan.Id, null, Start, null, "Europe/Berlin", null);

    public static SubscriptionTerms Terms(int i) => new(
        new(SubscriptionId(i), CustomerId(i), Plan.Id, Plan.Version, "EUR", Start, null, "Europe/Berlin", "2026-01-01"),
        Plan, Meters);

    public DeviceSpec Spec(int i) => new(Device(i), null, SubscriptionOf(i), null);

    /// <summary>A device's next event: a random UUID, some minute of the last ten days.</summary>
    public UsageEvent Event(string device) => Event(device, Now, _random);

    /// <summary>The same before another instant and by another source of chance.</summary>
    public static UsageEvent Event(string device, Instant now, Random random)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return new()
        {
            Id = new Guid(id).ToString(),
            Device = device,
            Meter = "data",
            UnixTicks = (now - Duration.FromMinutes(random.Next(2, 14_000))).ToUnixTimeTicks(),
            Value = random.Next(1, 100_000) / 1000m,
        };
    }

    private static PlanDefinition Parse(string json)
    {
        var parsed = PlanJson.Parse(json);
        return parsed.Plan ?? throw new InvalidOperationException(string.Join("; ", parsed.Errors.Select(e => e.Message)));
    }

    private static int CheckDigit(long body)
    {
        var sum = 0;
        for (var twice = true; body > 0; body /= 10, twice = !twice)
        {
            var digit = (int)(body % 10) * (twice ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return (10 - (sum % 10)) % 10;
    }
}
