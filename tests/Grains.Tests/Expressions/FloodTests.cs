using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Tests.Corrections;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Expressions;

/// <summary>Devices that send a new value of a dimension with every event.</summary>
public sealed class FloodTests
{
    private const int Events = 20_000;
    private const int Bound = 100;

    private static readonly MeterDefinition[] Meters =
    [
        new("sum", "Sum", "MB", Dimensions: [new("zone", null, ["eu", "us"])]),
        new("level", "Level", "GB", MeterDefinition.TimeWeighted, Dimensions: [new("zone", null, ["eu", "us"])]),
        new("bounded", "Bounded", "GB", MeterDefinition.TimeWeighted, MaxDistinct: Bound),
        new("visits", "Visits", "s", Session: new("duration"), MaxDistinct: Bound),
        new("unique", "Unique", "1", "unique", UniqueOf: "zone", MaxDistinct: Bound),
        new("folded", "Folded", "1", "unique", UniqueOf: "zone", Dimensions: [new("zone", null, ["eu", "us"])]),
    ];

    [Fact]
    public async Task A_flood_of_values_keeps_a_bounded_state_loses_nothing_and_does_not_change_what_is_known()
    {
        await using var cluster = await StartAsync(snapshotAtStop: 1);
        await cluster.CreateTenantAsync("t", "2026-01-31T00:00:00Z", windowDays: 400);
        foreach (var meter in Meters)
        {
            await cluster.DefineMeterAsync("t", meter);
        }
        var rest = Meters.Skip(1).Select(m => $$"""{"id":"{{m.Id}}","meter":"{{m.Id}}","unitPrice":"1"}""");
        await cluster.PublishAsync("t", $$$"""
            {"id":"p","currency":"EUR","charges":[{"id":"zones","meter":"sum","model":"matrix","matrix":{"dimensions":["zone"],"rows":[
              {"keys":{"zone":"eu"},"unitPrice":"1"},{"keys":{"zone":"other"},"unitPrice":"0.001"}]}},
              {{{string.Join(',', rest)}}}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        var results = new Dictionary<string, UsageResult[]>();
        foreach (var meter in Meters)
        {
            results[meter.Id] = await cluster.SendAsync("t", [.. Enumerable.Range(0, Events).Select(i => Flood(meter.Id, i))]);
        }

        Assert.All(results["sum"].Concat(results["level"]).Concat(results["folded"]), r => Assert.Equal((UsageStatus.Accepted, true), (r.Status, r.Warning is not null)));
        foreach (var meter in new[] { "bounded", "visits", "unique" })
        {
            Assert.Equal(Bound, results[meter].Count(r => r.Status == UsageStatus.Accepted));
            Assert.Equal(Events - Bound, results[meter].Count(r => (r.Status, r.Code) == (UsageStatus.Quarantined, "usage.unique_limit")));
        }

        // What is known is not in the way of the flood: each goes on as before.
        Assert.All(
            await cluster.SendAsync("t", [.. Meters.Select(m => Flood(m.Id, 7) with { Id = $"again-{m.Id}", UnixTicks = At("2026-01-20T00:00:00Z").ToUnixTimeTicks() })]),
            r => Assert.Equal(UsageStatus.Accepted, r.Status));
        Assert.Equal([1, Bound, Bound], Kept(cluster));
        await CheckAsync(cluster);
        await cluster.RestartAsync();
        Assert.Equal([1, Bound, Bound], Kept(cluster));
        await CheckAsync(cluster);
    }

    private static UsageEvent Flood(string meter, int i)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{i}");
        return Event($"{meter}-{text}", "d", meter, CorrectionScenario.Time(i / 40), 1m, (meter == "visits" ? "session" : "zone", $"v{text}"));
    }

    private static async Task CheckAsync(BillingCluster cluster)
    {
        var lines = (await cluster.BillAsync("t", "c")).Lines.ToDictionary(l => l.ChargeId, l => l.Quantity);
        Assert.Equal(Events + 1, lines["zones"]);
        Assert.Equal((Bound, 1m), (lines["unique"], lines["folded"]));
        await CorrectionScenario.AgreesAsync(cluster, "t");
    }

    /// <summary>How many levels and sessions the device has, of each meter.</summary>
    private static int[] Kept(BillingCluster cluster) => cluster.Services.GetRequiredService<PartitionHost>().Owned
        .SelectMany(partition => partition.Do(t => t.State.Devices.Devices.Where(d => d.Id == "d")
            .SelectMany(d => d.Levels.Select(l => l.Series.Count).Concat(d.Sessions.Select(s => s.Sessions.Count))).ToArray()))
        .ToArray();
}
