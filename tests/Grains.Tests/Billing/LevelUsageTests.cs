using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Levels over three months, compared with an oracle that looks at every hour by itself.</summary>
public sealed class LevelUsageTests
{
    private const string First = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"stored","meter":"stored","unit":"GB*h","unitPrice":"1"},
          {"id":"reserved","meter":"reserved","unit":"GB*h","timeOfUse":{"windows":[{"name":"night","from":"22:00","to":"06:00","unitPrice":"1"}],
            "otherwise":{"name":"day","unitPrice":"3"}}},
          {"id":"monthly","meter":"monthly","unit":"GB*h","perDevice":{"roundTo":"3600"},"unitPrice":"1"},
          {"id":"seats","meter":"seats","unitPrice":"1"},
          {"id":"users","meter":"users","unitPrice":"1"},
          {"id":"userTime","meter":"userTime","unit":"users*h","unitPrice":"1"},
          {"id":"tank","meter":"tank","unitPrice":"1"},
          {"id":"reports","meter":"stored","of":"events","unitPrice":"1"}]}
        """;

    private static readonly string Second =
        First.Replace("\"id\":\"p\"", "\"id\":\"q\"", StringComparison.Ordinal).Replace("\"unitPrice\":\"1\"", "\"unitPrice\":\"2\"", StringComparison.Ordinal);

    private static readonly MeterDefinition[] Meters =
    [
        new("stored", "stored", "GB", MeterDefinition.TimeWeighted),
        new("reserved", "reserved", "GB", MeterDefinition.TimeWeighted, Reports: "change"),
        new("monthly", "monthly", "GB", MeterDefinition.TimeWeighted, CarryOver: false),
        new("seats", "seats", "seats", "sum", CarryOver: true, Operation: "op"),
        new("users", "users", "users", "unique", Per: "device", UniqueOf: "user", CarryOver: true, Operation: "op"),
        new("userTime", "userTime", "users", MeterDefinition.TimeWeighted, UniqueOf: "user", Operation: "op"),
        new("tank", "tank", "L", "latest", Per: "device", CarryOver: true),
    ];

    /// <summary>Three seats in June; it is cancelled on the 20th when they are reported already, and they count for its last instant.</summary>
    [Fact]
    public async Task A_level_counts_once_where_a_subscription_is_cancelled_after_it_was_reported()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-05T00:00:00Z");
        await cluster.DefineMeterAsync("t", Meters[3]);
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"seats","meter":"seats","unitPrice":"1"}]}""");
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s", "2026-06-01T00:00:00Z");
        await cluster.SendAsync("t", Event("e", "d", "seats", "2026-06-03T00:00:00Z", 3m));
        Assert.Equal(3m, (await cluster.BillAsync("t", "c")).Total);
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(Contracts.Common.EntityKey.Of("t", "s"))
            .Change(new("end", null, null, ChangeWhen.At, At("2026-06-20T00:00:00Z"))));
        Assert.Equal(3m, (await cluster.BillAsync("t", "c")).Total);
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        Assert.Equal(3m, (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single().Total);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    /// <summary>
    /// January's records come in any order, a third of them after January was billed; then a device moves, another rests, and a plan
    /// changes; March has no record at all. Restarts lie in between, from snapshots and from the log.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Levels_come_to_what_every_hour_says_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        UsageEvent[] january = [.. Usage(random, "a", 0, 700, 130)];
        UsageEvent[] march = [.. Usage(random, "b", 1_220, 1_400, 60)];
        var (inTime, late) = (january[..90], january[90..]);

        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Send(cluster, [.. inTime.Take(50), .. inTime.Take(10)]);
        await cluster.RestartAsync();
        await Send(cluster, [.. inTime.Skip(40).Reverse()]);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var first = (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single();
        Check(inTime, [0], first.Lines.Select(l => (l.ChargeId, l.Amount.ToDecimal())));
        await Send(cluster, late);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Ok(await cluster.Device("t", "d1").Assign("s2", BillingCluster.At("2026-02-10T05:00:00Z")));
        Ok(await cluster.Device("t", "d2").SetState("suspended", BillingCluster.At("2026-02-05T00:00:00Z")));
        Ok(await cluster.Device("t", "d2").SetState("active", BillingCluster.At("2026-02-06T13:00:00Z")));
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(Contracts.Common.EntityKey.Of("t", "s"))
            .Change(new("up", "q", null, ChangeWhen.At, BillingCluster.At("2026-02-20T10:00:00Z"))));
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        await Send(cluster, march);
        await cluster.AdvanceAsync("t", "2026-05-02T00:00:00Z");

        var all = january.Concat(march).ToArray();
        var lines = new List<(string, decimal)>();
        foreach (var customer in new[] { "c", "c2" })
        {
            var invoices = (await cluster.Customer("t", customer).Invoices(null, 10)).Items;
            lines.AddRange(invoices.SelectMany(i => i.Lines).Select(l => (l.ChargeId, l.Amount.ToDecimal())));
        }
        Check(all, [0, 1, 2, 3], lines);
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_level_is_on_the_bill_of_a_month_without_any_record_and_opens_to_its_records_where_there_are_some()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Send(cluster, [Event("a", "d0", "stored", "2026-01-10T00:00:00Z", 4m), Event("b", "d0", "stored", "2026-01-20T00:00:00Z", 1m)]);
        // 10 days of 4 GB; 12 days of 1 GB but for the last hour, which is February's in Berlin.
        Assert.Equal(1_247m, Line(await cluster.BillAsync("t", "c"), "stored"));
        Assert.Equal(1_247m, (await cluster.Device("t", "d0").Usage(null, null))!.Rows.Single().Quantity / 3_600m);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        Assert.Equal(672m, Line(await cluster.BillAsync("t", "c"), "stored"));
        // A whole January by another plan: twice the price.
        var invoice = (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single();
        var line = invoice.Lines.ToList().FindIndex(l => l.ChargeId == "stored");
        var events = await cluster.Customer("t", "c").LineEvents(invoice.Id, line + 1, null, 10);
        Assert.Equal([("a", 960m), ("b", 287m)], events!.Items.Select(e => (e.Id, e.Quantity / 3_600m)));
        var trial = await cluster.Grains.GetGrain<ISubscriptionGrain>(Contracts.Common.EntityKey.Of("t", "s"))
            .WhatIf(new([new("q", null, null)], BillingCluster.At("2026-01-15T00:00:00Z")));
        Assert.Equal(2m * 1_247m, trial.Value!.Plans.Single(p => p.Plan == "q").Lines.Single(c => c.ChargeId == "stored").Amount.ToDecimal());
        await Agrees(cluster);
    }

    [Fact]
    public async Task What_says_nothing_of_a_level_is_refused()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        var results = await cluster.SendAsync("t",
        [
            Event("a", "d0", "stored", "2026-01-10T00:00:00Z", -4m), Event("b", "d0", "reserved", "2026-01-10T00:00:00Z", -4m),
            Event("c", "d0", "seats", "2026-01-10T00:00:00Z", 1m, ("op", "take")), Event("d", "d0", "seats", "2026-01-10T00:00:00Z", -1m),
            Event("e", "d0", "stored", "2026-01-10T00:00:00Z", 1_000_000_000_000m), Event("g", "d0", "stored", "2026-01-31T11:59:59Z", 999_999_999_999.999999999999m), Event("f", "d0", "users", "2026-01-10T00:00:00Z", 1m),
        ]);
        Assert.Equal(
            [
                "usage.negative_quantity", null, "usage.operation_invalid", "usage.negative_quantity", "usage.value_out_of_range", "rating.inexact",
                "usage.dimension_missing",
            ],
            results.Select(r => r.Code));
    }

    private static decimal Line(Contracts.Customers.RunningBill bill, string charge) =>
        bill.Lines.Single(l => l.ChargeId == charge).Amount.ToDecimal();

    private static IEnumerable<UsageEvent> Usage(Random random, string name, int from, int to, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var meter = Meters[random.Next(Meters.Length)];
            var change = meter.Reports == "change";
            yield return Event(
                string.Create(CultureInfo.InvariantCulture, $"{name}{i}"), $"d{random.Next(4)}", meter.Id,
                Time(random.Next(from, to)), random.Next(change ? -5 : 0, 9),
                [
                    .. new[] { ("op", random.Next(3) == 0 ? "remove" : "add") }.Where(_ => meter.Operation is not null),
                    .. new[] { ("user", $"u{random.Next(4)}") }.Where(_ => meter.UniqueOf is not null),
                ]);
        }
    }

    private static string Time(int hour) => Hour(hour).ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Instant Hour(int hour) => BillingCluster.At("2025-12-31T23:00:00Z") + Duration.FromHours(hour);

    private static void Check(UsageEvent[] all, int[] months, IEnumerable<(string Charge, decimal Amount)> lines)
    {
        var billed = lines.GroupBy(l => l.Charge).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount));
        var expected = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var meter in Meters)
        {
            expected[meter.Id] = months.Sum(m => all.Where(e => e.Meter == meter.Id)
                .GroupBy(e => (e.Device, User: e.Dimensions?.FirstOrDefault(d => d.Key == "user").Value))
                .Sum(s => Expected(meter, s.Key.Device, [.. s], m)));
        }
        expected["reports"] = all.Where(e => e.Meter == "stored").Sum(e => Price(e.Device, Instant.FromUnixTimeTicks(e.UnixTicks)));
        Assert.Equal(expected.Where(e => e.Value != 0m).Select(e => (e.Key, e.Value)), billed.Where(b => b.Value != 0m).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => (b.Key, b.Value)));
    }

    /// <summary>What one level costs in a month, hour by hour; months begin at midnight in Berlin.</summary>
    private static decimal Expected(MeterDefinition meter, string device, UsageEvent[] records, int month)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var (start, end) = (new LocalDate(2026, month + 1, 1), new LocalDate(2026, month + 2, 1));
        var (from, to) = (zone.AtStartOfDay(start).ToInstant(), zone.AtStartOfDay(end).ToInstant());
        var cost = 0m;
        for (var hour = from; hour < to; hour += Duration.FromHours(1))
        {
            var level = Level(meter, records, hour, from) * Price(device, hour);
            var local = hour.InZone(zone).Hour;
            // The window has the plan's price, the rest of the day 3.
            cost += meter.Id == "reserved" && local is >= 6 and < 22 ? Level(meter, records, hour, from) * (Price(device, hour) > 0m ? 3m : 0m)
                : meter.Integrates || hour + Duration.FromHours(1) == to ? level
                : 0m;
        }
        return cost;
    }

    private static decimal Level(MeterDefinition meter, UsageEvent[] records, Instant hour, Instant period)
    {
        var known = records.Where(r => r.UnixTicks <= hour.ToUnixTimeTicks() && (meter.Carries || r.UnixTicks >= period.ToUnixTimeTicks())).ToArray();
        var last = known.Where(r => r.UnixTicks == known.Max(k => k.UnixTicks)).ToArray();
        return known.Length == 0 ? 0m
            : meter.UniqueOf is not null ? (last.Any(Removes) ? 0m : 1m)
            : meter.Id is "reserved" or "seats" ? Math.Max(0m, known.Sum(r => Removes(r) ? -r.Value : r.Value))
            : last.Max(r => r.Value);
    }

    private static bool Removes(UsageEvent e) => e.Dimensions?.Any(d => d is { Key: "op", Value: "remove" }) == true;

    /// <summary>Of the plan in force for the device; 0 while it rests.</summary>
    private static decimal Price(string device, Instant time)
    {
        if (device == "d2" && time >= BillingCluster.At("2026-02-05T00:00:00Z") && time < BillingCluster.At("2026-02-06T13:00:00Z"))
        {
            return 0m;
        }
        var moved = device == "d1" && time >= BillingCluster.At("2026-02-10T05:00:00Z");
        return !moved && time >= BillingCluster.At("2026-02-20T10:00:00Z") ? 2m : 1m;
    }

    private static async Task Prepare(BillingCluster cluster)
    {
        await cluster.CreateTenantAsync("t", "2026-01-31T12:00:00Z", windowDays: 60);
        foreach (var meter in Meters)
        {
            await cluster.DefineMeterAsync("t", meter);
        }
        await cluster.PublishAsync("t", First);
        await cluster.PublishAsync("t", Second);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2025-12-31T23:00:00Z", "Europe/Berlin");
        await cluster.SubscribeAsync("t", "c2", "s2", "p", "2025-12-31T23:00:00Z", "Europe/Berlin");
        for (var d = 0; d < 4; d++)
        {
            await cluster.RegisterAsync("t", $"d{d}", "s");
        }
    }

    private static async Task Send(BillingCluster cluster, UsageEvent[] events) => Assert.All(
        await cluster.SendAsync("t", events), r => Assert.True(
            r.Status is UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Duplicate, $"{r.Status} {r.Code}"));

    private static async Task Agrees(BillingCluster cluster)
    {
        var report = await cluster.AuditAsync("t");
        Assert.True(report.Agrees, string.Join("\n", report.Findings.Where(f => f.Code != "lines.differ").Select(f => f.ToString())));
    }
}
