using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Orleans.Runtime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Maxima, latest values, different values and rounded devices over several partitions.</summary>
public sealed class MergedUsageTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"max","meter":"max","unitPrice":"1"},
          {"id":"deviceMax","meter":"deviceMax","unitPrice":"1"},
          {"id":"min","meter":"min","unitPrice":"1"},
          {"id":"latest","meter":"latest","unitPrice":"1"},
          {"id":"deviceLatest","meter":"deviceLatest","perDevice":{"roundTo":"0.5"},"unitPrice":"1"},
          {"id":"unique","meter":"unique","unitPrice":"1"},
          {"id":"deviceUnique","meter":"deviceUnique","unitPrice":"1"},
          {"id":"rounded","meter":"sum","perEvent":{"roundTo":"1","mode":"halfEven"},"perDevice":{"roundTo":"10"},"unitPrice":"1"},
          {"id":"register","meter":"register","perDevice":{"roundTo":"25"},"unitPrice":"1"}]}
        """;

    private static readonly MeterDefinition[] Meters =
    [
        new("max", "max", "kW", "max"), new("deviceMax", "deviceMax", "kW", "max", Per: "device"),
        new("min", "min", "kW", "min"), new("latest", "latest", "L", "latest"),
        new("deviceLatest", "deviceLatest", "L", "latest", Per: "device"),
        new("unique", "unique", "sessions", "unique", UniqueOf: "session"),
        new("deviceUnique", "deviceUnique", "sessions", "unique", Per: "device", UniqueOf: "session"),
        new("sum", "sum", "kB"), new("register", "register", "kWh", "sum", new(null)),
    ];

    /// <summary>
    /// Two thirds of January's usage come in time, in any order and some of it twice; a restart from snapshots lies in
    /// between. The rest comes after January was billed, and a restart from the log after it.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_period_and_its_late_usage_come_to_what_all_usage_says_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        var usage = Usage(random).ToArray();
        random.Shuffle(usage);
        var inTime = usage[..(usage.Length * 2 / 3)];
        var late = usage[inTime.Length..];

        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Send(cluster, [.. inTime.Take(30), .. inTime.Take(10)]);
        await cluster.RestartAsync();
        await Send(cluster, [.. inTime.Skip(25).Reverse(), .. inTime.Skip(60)]);
        Check(inTime, (await cluster.BillAsync("t", "c")).Lines, before: []);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        await Send(cluster, late);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await Send(cluster, [.. late.Take(20), .. inTime.Take(20)]);
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");

        var invoices = (await cluster.Customer("t", "c").Invoices(null, 10)).Items;
        Check(inTime, invoices[1].Lines, before: []);
        Check(usage, invoices[0].Lines, before: inTime);
        Assert.All(invoices[0].Lines, l => Assert.Equal(LateUsage.Kind, l.Kind));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Merged_usage_survives_partitions_that_move()
    {
        var usage = Usage(new Random(3)).ToArray();
        await using var cluster = await StartAsync(silos: 2);
        await Prepare(cluster);
        await Send(cluster, usage[..40]);
        await cluster.Orleans.StartAdditionalSiloAsync();
        await Send(cluster, usage[30..80]);
        await cluster.Orleans.StopSiloAsync(cluster.Orleans.Silos[^1]);
        await Send(cluster, usage[70..]);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        Check(usage, (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single().Lines, before: []);
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_value_beyond_the_limit_is_quarantined_and_the_explanation_shows_what_rounding_added()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        // The limit is the partition's: no device reaches it alone. The first one has every second session, and then s7.
        string[] neighbours = [.. Enumerable.Range(0, 99).Select(i => $"x{i}").Where(d =>
            PartitionMap.Of(EntityKind.Device, "t", d, BillingCluster.Partitions) == 0).Take(2)];
        foreach (var device in neighbours)
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        var sessions = Enumerable.Range(0, 10_001).Select(i =>
            Event($"s{i}", neighbours[i % 2], "unique", "2026-01-05T00:00:00Z", 0m, ("session", $"s{i}")));
        var results = await cluster.SendAsync("t", [.. sessions]);
        Assert.Equal((UsageStatus.Quarantined, "usage.unique_limit"), (results[^1].Status, results[^1].Code));
        Assert.All(results[..^1], r => Assert.Equal(UsageStatus.Accepted, r.Status));
        var known = await cluster.SendAsync("t", Event("again", neighbours[0], "unique", "2026-01-06T00:00:00Z", 0m, ("session", "s7")));
        Assert.Equal(UsageStatus.Accepted, known.Status);
        var without = await cluster.SendAsync("t", Event("none", "d0", "unique", "2026-01-06T00:00:00Z", 0m));
        Assert.Equal((UsageStatus.Rejected, "usage.dimension_missing"), (without.Status, without.Code));
        await cluster.SendAsync("t", [Event("a", "d0", "sum", "2026-01-05T00:00:00Z", 2.75m), Event("b", "d1", "sum", "2026-01-05T00:00:00Z", 4m)]);

        var lines = (await cluster.BillAsync("t", "c")).Lines;
        Assert.Equal(10_000m, lines.Single(l => l.ChargeId == "unique").Quantity);
        Assert.Equal(
            ["rounding each event added 0.25 kB", "rounding each device's total added 13 kB", "20 kB"],
            lines.Single(l => l.ChargeId == "rounded").Steps.Select(s => s.Text));
        var shown = (await cluster.Device("t", neighbours[0]).Usage(null, null))!.Rows;
        Assert.Equal(5_001m, shown.Single(r => r.Meter == "unique").Quantity);
        await Agrees(cluster);
    }

    /// <summary>Usage of three devices, which lie in several partitions.</summary>
    private static IEnumerable<UsageEvent> Usage(Random random)
    {
        for (var i = 0; i < 120; i++)
        {
            var meter = Meters[i % (Meters.Length - 1)].Id;
            yield return Event(
                string.Create(CultureInfo.InvariantCulture, $"e{i}"), $"d{random.Next(3)}", meter, Time(random.Next(0, 700)),
                random.Next(1, 9_000) / 1_000m, ("session", $"s{random.Next(12)}"));
        }
        for (var i = 0; i < 20; i++)
        {
            yield return Event(
                string.Create(CultureInfo.InvariantCulture, $"r{i}"), $"d{i % 3}", "register", Time(i * 30), i * 7.5m);
        }
    }

    private static string Time(int hour) => (At("2026-01-01T00:00:00Z") + Duration.FromHours(hour))
        .ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What a charge comes to, told by LINQ over all events at once.</summary>
    private static decimal Expected(string charge, UsageEvent[] all)
    {
        var events = all.Where(e => e.Meter == charge || (charge == "rounded" && e.Meter == "sum")).ToArray();
        var devices = events.GroupBy(e => e.Device).ToArray();
        return events.Length == 0 ? 0m : charge switch
        {
            "max" => events.Max(e => e.Value),
            "deviceMax" => devices.Sum(d => d.Max(e => e.Value)),
            "min" => events.Min(e => e.Value),
            "latest" => Latest(events),
            "deviceLatest" => devices.Sum(d => Math.Ceiling(Latest(d) * 2) / 2),
            "unique" => events.Select(Session).Distinct().Count(),
            "deviceUnique" => devices.Sum(d => d.Select(Session).Distinct().Count()),
            "rounded" => devices.Sum(d => Math.Ceiling(d.Sum(e => Math.Round(e.Value, 0, MidpointRounding.ToEven)) / 10m) * 10m),
            "register" => devices.Sum(d => Math.Ceiling((d.Max(e => e.Value) - d.Min(e => e.Value)) / 25m) * 25m),
            _ => throw new ArgumentOutOfRangeException(nameof(charge)),
        };
    }

    private static decimal Latest(IEnumerable<UsageEvent> events) =>
        events.OrderBy(e => e.UnixTicks).ThenBy(e => e.Value).Last().Value;

    private static string Session(UsageEvent e) => e.Dimensions!.Single(d => d.Key == "session").Value;

    private static void Check(UsageEvent[] all, IReadOnlyList<InvoiceLine> lines, UsageEvent[] before)
    {
        foreach (var charge in Meters.Select(m => m.Id == "sum" ? "rounded" : m.Id))
        {
            var quantity = lines.Where(l => l.ChargeId == charge).Sum(l => l.Quantity);
            Assert.Equal((charge, Expected(charge, all) - Expected(charge, before)), (charge, quantity));
        }
    }

    private static async Task Prepare(BillingCluster cluster)
    {
        await cluster.CreateTenantAsync("t", "2026-01-31T12:00:00Z");
        foreach (var meter in Meters)
        {
            await cluster.DefineMeterAsync("t", meter);
        }
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        for (var d = 0; d < 3; d++)
        {
            await cluster.RegisterAsync("t", $"d{d}", "s");
        }
    }

    /// <summary>Sent again as long as a partition is on its way.</summary>
    private static async Task Send(BillingCluster cluster, UsageEvent[] events)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var results = await cluster.SendAsync("t", events);
                Assert.All(results, r => Assert.True(
                    r.Status is UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Duplicate, $"{r.Status} {r.Code}"));
                return;
            }
            catch (Exception e) when (e is PartitionUnavailableException or OrleansException
                && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(20);
            }
        }
    }

    private static async Task Agrees(BillingCluster cluster)
    {
        var report = await cluster.AuditAsync("t");
        Assert.True(report.Agrees, string.Join("\n", report.Findings.Select(f => f.ToString())));
    }
}
