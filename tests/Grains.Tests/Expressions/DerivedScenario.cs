using System.Globalization;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Expressions;

/// <summary>Meters of every kind that derive what their events come to, and a plan that filters by expressions.</summary>
internal static class DerivedScenario
{
    public const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"traffic","meter":"traffic","model":"matrix","matrix":{"dimensions":["zone"],"rows":[
            {"name":"home","keys":{"zone":"home"},"unitPrice":"0.01"},{"name":"eu","keys":{"zone":"eu"},"unitPrice":"0.10"}],
            "otherwise":{"name":"rest","unitPrice":"0.70"}}},
          {"id":"big","meter":"traffic","where":"value > 5 and (tariff != 'flat' or zone == 'rest')","of":"events","unitPrice":"0.25"},
          {"id":"power","meter":"power","unitPrice":"3"},
          {"id":"heat","meter":"heat","unitPrice":"0.5"},
          {"id":"stored","meter":"stored","unit":"GB*h","unitPrice":"0.001"},
          {"id":"charging","meter":"charging","unitPrice":"0.4"},
          {"id":"visitors","meter":"visitors","unitPrice":"2"}]}
        """;

    public static readonly MeterDefinition[] Meters =
    [
        new("traffic", "Traffic", "MB", Value: "(up + down) / 1000", Dimensions:
        [
            new("zone", "network == '26201' ? 'home' : startsWith(network, '26') ? 'eu' : network", ["home", "eu"], "rest"),
            new("tariff", "default(tariff, 'none')"),
        ]),
        new("power", "Power", "kW", "max", Value: "volts * amps / 1000"),
        new("heat", "Heat", "kWh", Cumulative: new(null), Value: "value * default(ratio, 1)"),
        new("stored", "Stored", "GB", MeterDefinition.TimeWeighted, Value: "used / 1000", Dimensions: [new("class", null, ["ssd"])]),
        new("charging", "Charging", "kWh", Session: new("register"), Value: "value / 1000"),
        new("visitors", "Visitors", "visitors", "unique", UniqueOf: "person", Dimensions: [new("person", "lower(concat(name, '/', town))")]),
    ];

    public static async Task PrepareAsync(BillingCluster cluster, string tenant, string plan = Plan)
    {
        await cluster.CreateTenantAsync(tenant, "2026-01-31T00:00:00Z", windowDays: 400);
        foreach (var meter in Meters)
        {
            await cluster.DefineMeterAsync(tenant, meter);
        }
        await cluster.PublishAsync(tenant, plan);
        await cluster.SubscribeAsync(tenant, "c", "s", "p", "2026-01-01T00:00:00Z");
        foreach (var device in new[] { "d0", "d1", "d2" })
        {
            await cluster.RegisterAsync(tenant, device, "s");
        }
    }

    /// <summary>An event with its dimensions in order, as a gateway sends it.</summary>
    public static UsageEvent Usage(
        string id, string device, string meter, string time, decimal value, params (string Name, string Value)[] dimensions) =>
        Event(id, device, meter, time, value, [.. dimensions.OrderBy(d => d.Name, StringComparer.Ordinal)]);

    public static UsageEvent Traffic(string id, string device, string time, string up, string down, string network, string? tariff = null) =>
        Usage(id, device, "traffic", time, 0m,
            [("down", down), ("network", network), .. tariff is null ? [] : new[] { ("tariff", tariff) }, ("up", up)]);

    /// <summary>Usage of January of every meter; some of it has no value.</summary>
    public static IEnumerable<UsageEvent> Any(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (id, device) = (string.Create(CultureInfo.InvariantCulture, $"e{i}"), $"d{random.Next(3)}");
            var time = Corrections.CorrectionScenario.Time(random.Next(0, 700));
            yield return random.Next(7) switch
            {
                0 or 1 => Traffic(
                    id, device, time, Figure(random), Figure(random), random.Next(3) switch { 0 => "26201", 1 => "26", _ => $"{random.Next(100, 999)}" },
                    random.Next(2) == 0 ? null : "flat"),
                2 => Usage(id, device, "power", time, 0m, ("amps", Figure(random)), ("volts", "230")),
                3 => Usage(id, device, "heat", Corrections.CorrectionScenario.Time(i), i * 1.5m, ("ratio", "40")),
                4 => Usage(id, device, "stored", time, 0m, ("class", $"c{random.Next(50)}"), ("used", Figure(random))),
                5 => Usage(id, device, "charging", Corrections.CorrectionScenario.Time(i), i * 100m, ("session", $"s{device}"), ("phase", "interim")),
                _ => Usage(id, device, "visitors", time, 0m, ("name", random.Next(2) == 0 ? "Ada" : "ada"), ("town", $"{random.Next(4)}")),
            };
        }
    }

    private static string Figure(Random random) => random.Next(12) == 0
        ? "n/a"
        : (random.Next(0, 20_000_000) / 1_000m).ToString(CultureInfo.InvariantCulture);
}
