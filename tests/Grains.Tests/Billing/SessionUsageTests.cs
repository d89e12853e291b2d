using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>Sessions over windows, the month's end, a move, a rest and a change of plan, compared with an oracle that looks at every
/// minute by itself.</summary>
public sealed class SessionUsageTests
{
    private const string First = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"energy","meter":"charging","unit":"kWh","timeOfUse":{"windows":[{"name":"night","from":"22:00","to":"06:00","unitPrice":"1"}],
            "otherwise":{"name":"day","unitPrice":"2"}}},
          {"id":"parking","meter":"parking","unit":"min","unitPrice":"0.01"},
          {"id":"rounded","meter":"parking","unit":"min","perSession":{"roundTo":"900"},"unitPrice":"0.01"},
          {"id":"plugs","meter":"parking","of":"events","unitPrice":"0.35"}]}
        """;

    private static readonly string Second = First.Replace("\"id\":\"p\"", "\"id\":\"q\"", StringComparison.Ordinal)
        .Replace("\"unitPrice\":\"0.01\"", "\"unitPrice\":\"0.03\"", StringComparison.Ordinal)
        .Replace("\"unitPrice\":\"0.35\"", "\"unitPrice\":\"1\"", StringComparison.Ordinal)
        .Replace("\"unitPrice\":\"2\"", "\"unitPrice\":\"5\"", StringComparison.Ordinal);

    private static readonly MeterDefinition[] Meters =
    [
        new("charging", "charging", "Wh", Session: new("register")),
        new("parking", "parking", "s", Session: new("duration", TimeoutSeconds: 24 * 3_600)),
    ];

    /// <summary>
    /// The records of January's sessions come in any order, a third of them after January was billed; sessions last over the month's end,
    /// a move, a rest and a change of plan. Restarts lie in between, from snapshots and from the log.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sessions_come_to_what_every_minute_says_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        UsageEvent[] january = [.. Sessions(random, "a", 0, 42_000, 24)];
        UsageEvent[] february = [.. Sessions(random, "b", 45_000, 70_000, 16)];
        random.Shuffle(january);
        random.Shuffle(february);
        var (inTime, late) = (january[..(january.Length * 2 / 3)], january[(january.Length * 2 / 3)..]);

        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Send(cluster, [.. inTime.Take(40), .. inTime.Take(10)]);
        await cluster.RestartAsync();
        await Send(cluster, [.. inTime.Skip(30).Reverse()]);
        Check(inTime, (await cluster.BillAsync("t", "c")).Lines.Select(l => (l.ChargeId, l.Amount.ToDecimal())));
        await cluster.AdvanceAsync("t", "2026-02-05T04:00:00Z");
        await Send(cluster, late);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Ok(await cluster.Device("t", "d1").Assign("s2", BillingCluster.At("2026-02-10T05:10:00Z")));
        Ok(await cluster.Device("t", "d2").SetState("suspended", BillingCluster.At("2026-02-05T00:00:00Z")));
        Ok(await cluster.Device("t", "d2").SetState("active", BillingCluster.At("2026-02-06T13:00:00Z")));
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .Change(new("up", "q", null, ChangeWhen.At, BillingCluster.At("2026-02-15T10:00:00Z"))));
        await cluster.AdvanceAsync("t", "2026-02-24T00:00:00Z");
        await Send(cluster, february[..20]);
        await cluster.RestartAsync();
        await Send(cluster, [.. february[10..], .. late.Take(5)]);
        await cluster.AdvanceAsync("t", "2026-03-06T00:00:00Z");

        var lines = new List<(string, decimal)>();
        foreach (var customer in new[] { "c", "c2" })
        {
            var invoices = (await cluster.Customer("t", customer).Invoices(null, 10)).Items;
            lines.AddRange(invoices.SelectMany(i => i.Lines).Select(l => (l.ChargeId, l.Amount.ToDecimal())));
        }
        // What was sent for the time in which a device rested is in quarantine; so the oracle has not seen it either.
        Check([.. january.Concat(february).Where(e => Price(e.Device, Instant.FromUnixTimeTicks(e.UnixTicks)).Plan != "rests")], lines);
        await Agrees(cluster);
    }

    [Fact]
    public async Task An_open_session_is_on_the_bill_up_to_its_last_record_and_a_line_opens_to_its_records()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Send(cluster, [Record("a", "d0", "charging", 29 * 1_440, "x", "start", 5_000m), Record("b", "d0", "charging", (29 * 1_440) + 60, "x", null, 9_000m)]);
        Assert.Equal(4m, Line(await cluster.BillAsync("t", "c"), "energy").Quantity);
        await Send(cluster, [Record("c", "d0", "charging", (29 * 1_440) + 90, "x", "stop", 10_000m), Record("c2", "d0", "charging", (29 * 1_440) + 90, "x", "stop", 10_000m)]);
        // From midnight in Berlin on: all of it at night.
        Assert.Equal((5m, 5m), Line(await cluster.BillAsync("t", "c"), "energy") is var line ? (line.Quantity, line.Amount.ToDecimal()) : default);
        await cluster.AdvanceAsync("t", "2026-02-05T04:00:00Z");
        var invoice = (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single();
        var events = await cluster.Customer("t", "c").LineEvents(invoice.Id, 1, null, 10);
        Assert.Equal([("a", 0m), ("b", 4_000m), ("c", 1_000m), ("c2", 1_000m)], events!.Items.Select(e => (e.Id, e.Quantity)));
        var trial = await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .WhatIf(new([new("q", null, null), new("p", null, null)], BillingCluster.At("2026-01-15T00:00:00Z")));
        Assert.Equal([5m, 5m], trial.Value!.Plans.Select(p => p.Total));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Any_order_and_repetition_gives_the_same_bill_to_the_byte()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Prepare(cluster, "u");
        UsageEvent[] all = [.. Sessions(new Random(7), "a", 0, 42_000, 20)];
        await Send(cluster, all);
        UsageEvent[] shuffled = [.. all, .. all];
        new Random(8).Shuffle(shuffled);
        foreach (var part in shuffled.Chunk(17))
        {
            await Send(cluster, part, "u");
        }
        var (one, other) = ((await cluster.BillAsync("t", "c")).Lines, (await cluster.BillAsync("u", "c")).Lines);
        Assert.Equal(Bytes(one), Bytes(other));
        Assert.Equal(4, one.Count(l => l.Amount.MinorUnits != 0 && l.PeriodEnd == BillingCluster.At("2026-01-31T23:00:00Z")));

        static string Bytes(IReadOnlyList<Core.Invoicing.InvoiceLine> lines) =>
            System.Text.Json.JsonSerializer.Serialize(lines, Contracts.Serialization.BillingJson.Options);
    }

    [Fact]
    public async Task What_says_nothing_of_a_session_is_refused()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        var results = await cluster.SendAsync("t",
        [
            Event("a", "d0", "charging", "2026-01-10T00:00:00Z", 4m), Event("b", "d0", "charging", "2026-01-10T00:00:00Z", 4m, ("session", "")),
            Event("c", "d0", "charging", "2026-01-10T00:00:00Z", 1m, ("session", "x"), ("phase", "end")),
            Event("d", "d0", "charging", "2026-01-10T00:00:00Z", -1m, ("session", "x")),
        ]);
        Assert.Equal(
            ["usage.session_missing", "usage.session_missing", "usage.phase_invalid", "usage.negative_quantity"], results.Select(r => r.Code));
    }

    [Fact]
    public async Task A_record_of_a_session_is_voided()
    {
        await using var cluster = await StartAsync();
        await Prepare(cluster);
        await Send(cluster, [Record("a", "d0", "charging", 10, "x", "start", 5_000m), Record("b", "d0", "charging", 70, "x", "stop", 9_000m)]);
        var voided = await cluster.Grains.GetGrain<IPartitionGrain>(PartitionMap.Of(EntityKind.Device, "t", "d0", BillingCluster.Partitions))
            .CorrectUsage("t", [new(new("v", "d0", "b", CorrectionActions.Void, "wrong"))]);
        Assert.Equal((CommandOutcome.Created, null), (voided[0].Outcome, voided[0].Error?.Code));
        // Of a session that was only begun nothing is known.
        Assert.Equal(0m, (await cluster.BillAsync("t", "c")).Lines.Where(l => l.ChargeId == "energy").Sum(l => l.Quantity));
        await Agrees(cluster);
    }

    private static Core.Invoicing.InvoiceLine Line(RunningBill bill, string charge) => bill.Lines.Single(l => l.ChargeId == charge);

    /// <summary>Sessions of four devices; some have no start, some no stop, and some begin anew.</summary>
    private static IEnumerable<UsageEvent> Sessions(Random random, string name, int from, int to, int count)
    {
        for (var s = 0; s < count; s++)
        {
            var (meter, device, minute) = (Meters[s % 2].Id, $"d{random.Next(4)}", random.Next(from, to));
            var value = random.Next(5_000) * 1_000m;
            var length = random.Next(1, 7);
            for (var i = 0; i <= length; i++)
            {
                var phase = i == 0 && random.Next(5) > 0 ? "start" : i == length && random.Next(5) > 0 ? "stop" : random.Next(12) == 0 ? "start" : null;
                yield return Record(
                    string.Create(CultureInfo.InvariantCulture, $"{name}{s}-{i}"), device, meter, minute, $"{name}{s}", phase, value);
                var minutes = random.Next(1, 1_000);
                // So much a minute that every minute has a whole number.
                (minute, value) = (minute + minutes, value + (minutes * random.Next(0, 4) * 1_000m));
            }
        }
    }

    private static UsageEvent Record(string id, string device, string meter, int minute, string session, string? phase, decimal value) => Event(
        id, device, meter, Minute(minute).ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), value,
        [("session", session), .. new[] { ("phase", phase ?? "") }.Where(_ => phase is not null)]);

    private static Instant Minute(int minute) => BillingCluster.At("2025-12-31T23:00:00Z") + Duration.FromMinutes(minute);

    private static void Check(UsageEvent[] all, IEnumerable<(string Charge, decimal Amount)> lines)
    {
        var billed = lines.GroupBy(l => l.Charge).ToDictionary(g => g.Key, g => (Amount: g.Sum(l => l.Amount), Lines: g.Count()));
        var expected = new SortedDictionary<string, decimal>(StringComparer.Ordinal) { ["energy"] = 0m, ["parking"] = 0m, ["plugs"] = 0m, ["rounded"] = 0m };
        foreach (var session in all.GroupBy(e => (e.Meter, e.Device, e.Dimensions!.Single(d => d.Key == "session").Value)))
        {
            Add(expected, session.Key.Meter, session.Key.Device, [.. session.OrderBy(e => e.UnixTicks)]);
        }
        // Each line is rounded to a cent; everything else is exact but for the 12th decimal of a kWh.
        Assert.All(expected, e => Assert.InRange(
            billed.GetValueOrDefault(e.Key).Amount - e.Value, -0.0051m * billed.GetValueOrDefault(e.Key).Lines, 0.0051m * billed.GetValueOrDefault(e.Key).Lines));
    }

    private static void Add(SortedDictionary<string, decimal> sums, string meter, string device, UsageEvent[] records)
    {
        if (meter == "parking")
        {
            sums["plugs"] += Price(device, Instant.FromUnixTimeTicks(records[0].UnixTicks)).Plug;
        }
        var rounded = new Dictionary<string, int>();
        for (var i = 1; i < records.Length; i++)
        {
            var (from, to) = (Instant.FromUnixTimeTicks(records[i - 1].UnixTicks), Instant.FromUnixTimeTicks(records[i].UnixTicks));
            var minutes = (int)(to - from).TotalMinutes;
            var apart = Phase(records[i - 1]) == "stop" || Phase(records[i]) == "start";
            if (apart || (meter == "parking" && minutes > 1_440))
            {
                continue;
            }
            for (var t = from; t < to; t += Duration.FromMinutes(1))
            {
                var (plan, minute, _, day, owner) = Price(device, t);
                var local = t.InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).Hour;
                if (plan == "rests")
                {
                    continue;
                }
                if (meter == "charging")
                {
                    sums["energy"] += (records[i].Value - records[i - 1].Value) / minutes / 1_000m * (local is >= 6 and < 22 ? day : 1m);
                    continue;
                }
                sums["parking"] += minute;
                // Every quarter of an hour that is begun counts whole, for each plan and subscription by itself.
                if (rounded.GetValueOrDefault(plan + owner) % 15 == 0)
                {
                    sums["rounded"] += 15 * minute;
                }
                rounded[plan + owner] = rounded.GetValueOrDefault(plan + owner) + 1;
            }
        }
    }

    private static string? Phase(UsageEvent e) => e.Dimensions!.FirstOrDefault(d => d.Key == "phase").Value;

    /// <summary>Of the plan in force for the device.</summary>
    private static (string Plan, decimal Minute, decimal Plug, decimal Day, string Owner) Price(string device, Instant time)
    {
        var owner = device == "d1" && time >= BillingCluster.At("2026-02-10T05:10:00Z") ? "s2" : "s";
        return device == "d2" && time >= BillingCluster.At("2026-02-05T00:00:00Z") && time < BillingCluster.At("2026-02-06T13:00:00Z")
            ? ("rests", 0m, 0m, 0m, owner)
            : owner == "s" && time >= BillingCluster.At("2026-02-15T10:00:00Z")
                ? ("q", 0.03m, 1m, 5m, owner)
                : ("p", 0.01m, 0.35m, 2m, owner);
    }

    private static async Task Prepare(BillingCluster cluster, string tenant = "t")
    {
        await cluster.CreateTenantAsync(tenant, "2026-02-04T12:00:00Z", windowDays: 60, grace: "4.00:00:00");
        foreach (var meter in Meters)
        {
            await cluster.DefineMeterAsync(tenant, meter);
        }
        await cluster.PublishAsync(tenant, First);
        await cluster.PublishAsync(tenant, Second);
        await cluster.SubscribeAsync(tenant, "c", "s", "p", "2025-12-31T23:00:00Z", "Europe/Berlin");
        await cluster.SubscribeAsync(tenant, "c2", "s2", "p", "2025-12-31T23:00:00Z", "Europe/Berlin");
        for (var d = 0; d < 4; d++)
        {
            await cluster.RegisterAsync(tenant, $"d{d}", "s");
        }
    }

    private static async Task Send(BillingCluster cluster, UsageEvent[] events, string tenant = "t") => Assert.All(
        await cluster.SendAsync(tenant, events), r => Assert.True(
            r.Status is UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Duplicate || r.Code == "device.suspended", $"{r.Status} {r.Code}"));

    private static async Task Agrees(BillingCluster cluster)
    {
        var report = await cluster.AuditAsync("t");
        Assert.True(report.Agrees, string.Join("\n", report.Findings.Where(f => f.Code != "lines.differ").Select(f => f.ToString())));
    }
}
