using System.Globalization;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Corrections.CorrectionScenario;

namespace OrleansBilling.Grains.Tests.Corrections;

/// <summary>
/// Records of levels and sessions that are voided or amended. Tenant <c>t</c> sends wrong ones and corrects them; <c>u</c> sends what is right.
/// </summary>
public sealed class LastingCorrectionTests
{
    private const string LastingPlan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"stored","meter":"stored","unit":"GB*h","unitPrice":"0.01"},
          {"id":"reserved","meter":"reserved","unit":"GB*h","timeOfUse":{"windows":[{"name":"night","from":"22:00","to":"06:00","unitPrice":"0.01"}],
            "otherwise":{"name":"day","unitPrice":"0.03"}}},
          {"id":"monthly","meter":"monthly","unit":"GB*h","perDevice":{"roundTo":"360"},"unitPrice":"0.01"},
          {"id":"seats","meter":"seats","unitPrice":"1"},
          {"id":"users","meter":"users","unitPrice":"1"},
          {"id":"tank","meter":"tank","unitPrice":"0.1"},
          {"id":"reports","meter":"stored","of":"events","unitPrice":"0.5"},
          {"id":"energy","meter":"charging","unit":"kWh","timeOfUse":{"windows":[{"name":"night","from":"22:00","to":"06:00","unitPrice":"0.2"}],
            "otherwise":{"name":"day","unitPrice":"0.4"}}},
          {"id":"rounded","meter":"parking","unit":"min","perSession":{"roundTo":"900"},"unitPrice":"0.01"},
          {"id":"plugs","meter":"parking","of":"events","unitPrice":"0.35"}]}
        """;

    private static readonly MeterDefinition[] LastingMeters =
    [
        new("stored", "stored", "GB", MeterDefinition.TimeWeighted),
        new("reserved", "reserved", "GB", MeterDefinition.TimeWeighted, Reports: "change"),
        new("monthly", "monthly", "GB", MeterDefinition.TimeWeighted, CarryOver: false),
        new("seats", "seats", "seats", "sum", CarryOver: true, Operation: "op"),
        new("users", "users", "users", "unique", Per: "device", UniqueOf: "user", CarryOver: true, Operation: "op"),
        new("tank", "tank", "L", "latest", Per: "device", CarryOver: true),
        new("charging", "charging", "Wh", Session: new("register")),
        new("parking", "parking", "s", Session: new("duration", TimeoutSeconds: 24 * 3_600)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_an_open_period_the_bill_is_that_of_records_that_were_always_so(int seed)
    {
        await using var cluster = await Prepared();
        var (sent, right, corrections) = Wrong(new(seed));
        await SendAsync(cluster, "t", sent);
        await SendAsync(cluster, "u", right);
        await CorrectedIsAsAlwaysSoAsync(cluster, sent, corrections, "2026-03-02T00:00:00Z");
        // February goes on from January's levels.
        Assert.Equal((await InvoicesAsync(cluster, "u")).Select(Text), (await InvoicesAsync(cluster, "t")).Select(Text));
        await AgreesAsync(cluster, "t", "u");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task In_a_closed_period_the_difference_is_on_the_next_invoice(int seed)
    {
        await using var cluster = await Prepared();
        var (sent, right, corrections) = Wrong(new(seed));
        await SendAsync(cluster, "t", sent);
        await SendAsync(cluster, "u", right);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var first = (await InvoicesAsync(cluster, "t"))[0];
        var half = corrections.Length / 2;
        Assert.All(await CorrectAsync(cluster, "t", corrections[..half]), o => Done(o));
        await AgreesAsync(cluster, "t");
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        Assert.All(await CorrectAsync(cluster, "t", corrections[half..]), o => Done(o));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await AgreesAsync(cluster, "t");
        foreach (var tenant in new[] { "t", "u" })
        {
            await cluster.AdvanceAsync(tenant, "2026-04-02T00:00:00Z");
        }

        var invoices = await InvoicesAsync(cluster, "t");
        Assert.Equal(Text(first), Text(invoices[0]));
        Assert.All(invoices[1..].SelectMany((lines, i) => lines.Where(l => l.PeriodStart < At($"2026-0{i + 2}-01T00:00:00Z"))),
            l => Assert.Equal(LateUsage.CorrectionKind, l.Kind));
        Assert.Contains(invoices[1], l => l.Kind == LateUsage.CorrectionKind && l.Amount.MinorUnits < 0);
        Assert.Equal(Sums(await InvoicesAsync(cluster, "u")), Sums(invoices));
        await AgreesAsync(cluster, "t", "u");
    }

    /// <summary>10 GB and, by mistake, 50 GB at the same instant; then 20 GB. Without the mistake it is 10 GB up to there.</summary>
    [Fact]
    public async Task What_else_was_said_of_the_instant_stays()
    {
        await using var cluster = await Prepared();
        var wrong = Event("wrong", "d0", "stored", "2026-01-10T00:00:00Z", 50m);
        await SendAsync(cluster, "t", Event("a", "d0", "stored", "2026-01-10T00:00:00Z", 10m), wrong, Event("b", "d0", "stored", "2026-01-20T00:00:00Z", 20m));
        Assert.Equal((240m * 50m) + (288m * 20m), await Stored(cluster));
        Done(await CorrectAsync(cluster, "t", Void(wrong)));
        Assert.Equal((240m * 10m) + (288m * 20m), await Stored(cluster));
        Done(await CorrectAsync(cluster, "t", Void(Event("a", "d0", "stored", "2026-01-10T00:00:00Z", 10m))));
        Assert.Equal(288m * 20m, await Stored(cluster));
        Done(await CorrectAsync(cluster, "t", Void(Event("b", "d0", "stored", "2026-01-20T00:00:00Z", 20m))));
        Assert.DoesNotContain((await cluster.BillAsync("t", "c")).Lines, l => l.ChargeId is "stored" && l.Quantity != 0m);
        await cluster.RestartAsync();
        await SendAsync(cluster, "t", Event("c", "d0", "stored", "2026-01-30T00:00:00Z", 1m));
        Assert.Equal(48m, await Stored(cluster));
        await AgreesAsync(cluster, "t");

        static async Task<decimal> Stored(BillingCluster cluster) =>
            (await cluster.BillAsync("t", "c")).Lines.Single(l => l.ChargeId == "stored").Quantity;
    }

    private static string Sums(InvoiceLine[][] invoices) => string.Join("; ", invoices.SelectMany(i => i)
        .GroupBy(l => $"{l.ChargeId} {l.PeriodStart}").OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, Sum: g.Sum(l => l.Amount.ToDecimal()))).Where(s => s.Sum != 0m).Select(s => $"{s.Key} {s.Sum:F2}"));

    private static async Task SendAsync(BillingCluster cluster, string tenant, params UsageEvent[] events) =>
        Assert.All(await cluster.SendAsync(tenant, events), r => Assert.True(r.Status is UsageStatus.Accepted or UsageStatus.Late, r.Code));

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        foreach (var tenant in new[] { "t", "u" })
        {
            await cluster.CreateTenantAsync(tenant, "2026-01-31T00:00:00Z", windowDays: 400);
            foreach (var meter in LastingMeters)
            {
                await cluster.DefineMeterAsync(tenant, meter);
            }
            await cluster.PublishAsync(tenant, LastingPlan);
            await cluster.SubscribeAsync(tenant, "c", "s", "p", "2026-01-01T00:00:00Z");
            foreach (var device in new[] { "d0", "d1" })
            {
                await cluster.RegisterAsync(tenant, device, "s");
            }
        }
        return cluster;
    }

    /// <summary>What is sent, what is right, and what makes the one the other.</summary>
    private static (UsageEvent[] Sent, UsageEvent[] Right, CorrectionItem[] Corrections) Wrong(Random random)
    {
        var (sent, right, corrections) = (new List<UsageEvent>(), new List<UsageEvent>(), new List<CorrectionItem>());
        for (var i = 0; i < 120; i++)
        {
            var e = AnyRecord(random, string.Create(CultureInfo.InvariantCulture, $"e{i}"), LastingMeters[i % LastingMeters.Length].Id, $"d{random.Next(2)}");
            switch (random.Next(4))
            {
                case 0:
                    sent.Add(e);
                    corrections.Add(new(Void(e)));
                    break;
                case 1:
                    var wrong = AnyRecord(random, e.Id, e.Meter, e.Device);
                    sent.Add(wrong);
                    right.Add(e);
                    if (!(wrong.UnixTicks == e.UnixTicks && wrong.Value == e.Value && wrong.Dimensions.AsSpan().SequenceEqual(e.Dimensions)))
                    {
                        corrections.Add(new(Amend(wrong, e)));
                    }
                    break;
                default:
                    sent.Add(e);
                    right.Add(e);
                    break;
            }
        }
        var (all, some) = (sent.ToArray(), corrections.ToArray());
        random.Shuffle(all);
        random.Shuffle(some);
        return (all, [.. right], some);
    }

    /// <summary>Few instants, so that several records are of one.</summary>
    private static UsageEvent AnyRecord(Random random, string id, string meter, string device)
    {
        var time = Time(random.Next(0, 30) * 23);
        var operation = ("op", random.Next(3) == 0 ? "remove" : "add");
        return meter switch
        {
            "reserved" => Event(id, device, meter, time, random.Next(-4, 9)),
            "seats" => Event(id, device, meter, time, random.Next(1, 6), operation),
            "users" => Event(id, device, meter, time, 1m, operation, ("user", $"u{random.Next(4)}")),
            "charging" => Event(id, device, meter, time, random.Next(50) * 1_000m, [("session", $"s{random.Next(4)}"), .. Phase(random)]),
            "parking" => Event(id, device, meter, time, 0m, [("session", $"s{random.Next(4)}"), .. Phase(random)]),
            _ => Event(id, device, meter, time, random.Next(0, 60), ("zone", random.Next(2) == 0 ? "a" : "b")),
        };
    }

    private static (string, string)[] Phase(Random random) => random.Next(4) switch
    {
        0 => [("phase", "start")],
        1 => [("phase", "stop")],
        _ => [],
    };
}
