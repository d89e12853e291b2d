using System.Globalization;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Corrections;

/// <summary>One subscription whose plan has a charge of every kind of aggregation, devices in several partitions, and usage of January.</summary>
internal static class CorrectionScenario
{
    public const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"tiers","meter":"data","model":"graduated","tiers":[{"upTo":"40","unitPrice":"1","flatFee":"2"},{"unitPrice":"0.35"}]},
          {"id":"zones","meter":"data","model":"matrix","matrix":{"dimensions":["zone"],
            "rows":[{"keys":{"zone":"eu"},"unitPrice":"0.01"}],"otherwise":{"unitPrice":"0.07"}}},
          {"id":"rounded","meter":"data","perEvent":{"roundTo":"1","mode":"halfEven"},"perDevice":{"roundTo":"10"},"unitPrice":"0.5"},
          {"id":"max","meter":"max","unitPrice":"1"},
          {"id":"deviceMax","meter":"deviceMax","unitPrice":"1"},
          {"id":"min","meter":"min","unitPrice":"1"},
          {"id":"latest","meter":"latest","unitPrice":"1"},
          {"id":"unique","meter":"unique","unitPrice":"1"},
          {"id":"deviceUnique","meter":"deviceUnique","unitPrice":"1"},
          {"id":"register","meter":"register","perDevice":{"roundTo":"25"},"unitPrice":"1"}]}
        """;

    private static readonly MeterDefinition[] Meters =
    [
        new("data", "data", "MB"), new("max", "max", "kW", "max"), new("deviceMax", "deviceMax", "kW", "max", Per: "device"),
        new("min", "min", "kW", "min"), new("latest", "latest", "L", "latest"),
        new("unique", "unique", "sessions", "unique", UniqueOf: "session"),
        new("deviceUnique", "deviceUnique", "sessions", "unique", Per: "device", UniqueOf: "session"),
        new("register", "register", "kWh", "sum", new(null)),
    ];

    public static async Task PrepareAsync(BillingCluster cluster, params string[] tenants)
    {
        foreach (var tenant in tenants)
        {
            await cluster.CreateTenantAsync(tenant, "2026-01-31T00:00:00Z", windowDays: 400);
            foreach (var meter in Meters)
            {
                await cluster.DefineMeterAsync(tenant, meter);
            }
            await cluster.PublishAsync(tenant, Plan);
            await cluster.SubscribeAsync(tenant, "c", "s", "p", "2026-01-01T00:00:00Z");
            foreach (var device in new[] { "d0", "d1", "d2" })
            {
                await cluster.RegisterAsync(tenant, device, "s");
            }
        }
    }

    /// <summary>Usage of three devices; readings of registers grow.</summary>
    public static IEnumerable<UsageEvent> Usage(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var meter = Meters[i % Meters.Length].Id;
            yield return meter == "register"
                ? Event(Id(i), $"d{i / Meters.Length % 3}", meter, Time(i), i * 7.5m)
                : Any(random, Id(i), $"d{random.Next(3)}", meter);
        }
    }

    public static UsageEvent Any(Random random, string id, string device, string meter) => Event(
        id, device, meter, Time(random.Next(0, 700)), random.Next(1, 9_000) / 1_000m, ("session", $"s{random.Next(6)}"),
        ("zone", random.Next(2) == 0 ? "eu" : "us"));

    public static string Time(int hour) => (At("2026-01-01T00:00:00Z") + Duration.FromHours(hour))
        .ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static async Task<CorrectionOutcome[]> CorrectAsync(BillingCluster cluster, string tenant, params CorrectionItem[] items)
    {
        var results = new CorrectionOutcome[items.Length];
        foreach (var share in items.Index().GroupBy(i => PartitionMap.Of(
            EntityKind.Device, tenant, i.Item.Correction.Device, BillingCluster.Partitions)))
        {
            var answers = await cluster.Grains.GetGrain<IPartitionGrain>(share.Key).CorrectUsage(tenant, [.. share.Select(i => i.Item)]);
            foreach (var ((index, _), answer) in share.Zip(answers))
            {
                results[index] = answer;
            }
        }
        return results;
    }

    public static async Task<CorrectionOutcome> CorrectAsync(BillingCluster cluster, string tenant, UsageCorrection correction) =>
        (await CorrectAsync(cluster, tenant, new CorrectionItem(correction)))[0];

    public static CorrectionOutcome Done(CorrectionOutcome outcome)
    {
        Assert.Null(outcome.Error);
        Assert.Equal(CommandOutcome.Created, outcome.Outcome);
        return outcome;
    }

    public static UsageCorrection Void(UsageEvent e, string? id = null) =>
        new(id ?? $"void-{e.Id}", e.Device, e.Id, CorrectionActions.Void, "reported by mistake");

    /// <summary>Says of an event what another one says.</summary>
    public static UsageCorrection Amend(UsageEvent e, UsageEvent right, string? id = null) => new(
        id ?? $"amend-{e.Id}", e.Device, e.Id, CorrectionActions.Amend, "wrong reading", right.Value, null, right.Dimensions ?? [],
        Instant.FromUnixTimeTicks(right.UnixTicks));

    public static string Text(IEnumerable<InvoiceLine> lines) => JsonSerializer.Serialize(lines, BillingJson.Options);

    public static async Task<InvoiceLine[][]> InvoicesAsync(BillingCluster cluster, string tenant) =>
        [.. (await cluster.Customer(tenant, "c").Invoices(null, 10)).Items.OrderBy(i => i.PeriodEnd).Select(i => i.Lines)];

    public static async Task AgreesAsync(BillingCluster cluster, params string[] tenants)
    {
        foreach (var tenant in tenants)
        {
            var audit = await cluster.AuditAsync(tenant);
            Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        }
    }

    /// <summary>
    /// Corrects what tenant t sent, a few at a time: from then on its bill, its devices, a restart from the log, one from a snapshot, repeats
    /// of everything and the audit are those of u, whose usage was always so. Closes periods up to an instant.
    /// </summary>
    public static async Task CorrectedIsAsAlwaysSoAsync(
        BillingCluster cluster, UsageEvent[] sent, CorrectionItem[] corrections, string until)
    {
        const int Some = 6;
        Assert.NotEqual(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        foreach (var some in corrections.Chunk(Some))
        {
            Assert.All(await CorrectAsync(cluster, "t", some), o => Done(o));
        }

        var bill = Text((await cluster.BillAsync("u", "c")).Lines);
        Assert.Equal(bill, Text((await cluster.BillAsync("t", "c")).Lines));
        Assert.Equal((await cluster.Device("u", "d0").Usage(null, null))!.Rows, (await cluster.Device("t", "d0").Usage(null, null))!.Rows);
        await AgreesAsync(cluster, "t", "u");
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal(bill, Text((await cluster.BillAsync("t", "c")).Lines));
        await cluster.RestartAsync(snapshotAtStop: 1);
        await cluster.RestartAsync();
        Assert.All(await CorrectAsync(cluster, "t", corrections), o => Assert.Equal(CommandOutcome.Unchanged, o.Outcome));
        Assert.All(await cluster.SendAsync("t", sent), r => Assert.Equal(UsageStatus.Duplicate, r.Status));
        foreach (var tenant in new[] { "t", "u" })
        {
            await cluster.AdvanceAsync(tenant, until);
        }
    }

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"e{i}");
}
