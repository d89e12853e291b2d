using System.Globalization;
using System.Text.Json;
using CsCheck;
using NodaTime;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

public sealed class OrderTests
{
    private const string Plan = """
        {"id":"p","name":"P","currency":"EUR","charges":[
          {"id":"use","name":"Use","meter":"m","model":"graduated","tiers":[{"upTo":"20","unitPrice":"0.111","flatFee":"1"},{"upTo":null,"unitPrice":"0.0071"}]},
          {"id":"count","name":"Events","meter":"m","of":"events","model":"perUnit","unitPrice":"0.003"},
          {"id":"pool","meter":"m","unitPrice":"1.7","poolLimitPerDevice":"12","allowances":[{"id":"own","kind":"device","perDevice":"2"},
            {"id":"eu","kind":"flex","perDevice":"3","where":{"zone":["eu"]},"rollOver":{}},
            {"id":"more","kind":"block","quantity":"1.5","price":"0.7","maxBlocks":4}]},
          {"id":"warm","meter":"r","unitPrice":"0.9","perDevice":{"roundTo":"0.25"},"allowances":[{"id":"own","kind":"device","perDevice":"4"},
            {"id":"all","kind":"fixed","quantity":"7","rollOver":{"percent":"50","periods":3}}]},
          {"id":"heat","name":"Heat","meter":"r","timeOfUse":{"windows":[{"name":"day","from":"06:00","to":"22:00","model":"perUnit","unitPrice":"0.31"}],
            "otherwise":{"name":"night","model":"volume","tiers":[{"upTo":"5","unitPrice":"0.2"},{"upTo":null,"unitPrice":"0.19"}]}}}]}
        """;

    private static int _tenants;

    [Fact]
    public async Task Any_order_batching_and_repetition_of_the_same_usage_gives_the_same_bill_and_invoices()
    {
        await using var cluster = await StartAsync();
        await Gen.Select(Gen.Int[1, 60], Gen.Int[0, int.MaxValue], Gen.Int[1, 25]).SampleAsync(
            async (count, seed, batch) =>
            {
                var usage = Usage(new Random(seed), count);
                var expected = await Run(cluster, usage, usage.Length);
                var shuffled = usage.Concat(usage).ToArray();
                new Random(seed + 1).Shuffle(shuffled);
                Assert.Equal(expected, await Run(cluster, shuffled, batch));
            },
            iter: 12, threads: 1);
    }

    /// <summary>
    /// Sends usage of January and February, closes January, and answers every figure that a customer could see.
    /// </summary>
    private static async Task<string> Run(BillingCluster cluster, UsageEvent[] usage, int batch)
    {
        var tenant = $"t{Interlocked.Increment(ref _tenants).ToString(CultureInfo.InvariantCulture)}";
        await cluster.CreateTenantAsync(tenant, "2026-02-01T00:30:00Z", grace: "03:00:00");
        await cluster.DefineMeterAsync(tenant, "m", "kWh");
        await cluster.DefineMeterAsync(tenant, "r", "kWh", new(null));
        await cluster.PublishAsync(tenant, Plan);
        await cluster.SubscribeAsync(tenant, "c", "s", "p", "2026-01-01T00:00:00Z", "Europe/Madrid");
        for (var d = 0; d < 3; d++)
        {
            await cluster.RegisterAsync(tenant, $"d{d}", "s");
        }
        foreach (var part in usage.Chunk(batch))
        {
            var results = await cluster.SendAsync(tenant, part);
            Assert.All(results, r => Assert.True(r.Status is UsageStatus.Accepted or UsageStatus.Duplicate, $"{r.Status} {r.Code}"));
        }
        var bill = await cluster.BillAsync(tenant, "c");
        await cluster.AdvanceAsync(tenant, "2026-03-01T12:00:00Z");
        var invoices = await cluster.Customer(tenant, "c").Invoices(null, 10);
        var audit = await cluster.AuditAsync(tenant);
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        return JsonSerializer.Serialize(new { bill.Lines, bill.Total, invoices.Items }, BillingJson.Options);
    }

    /// <summary>
    /// Plain usage and register readings that agree with each other, around the end of January in Madrid.
    /// </summary>
    private static UsageEvent[] Usage(Random random, int count)
    {
        var start = At("2026-01-28T00:00:00Z");
        var usage = new List<UsageEvent>();
        for (var i = 0; i < count; i++)
        {
            var time = (start + Duration.FromMinutes(random.Next(0, 5_780))).ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            usage.Add(Event($"u{i}", $"d{random.Next(3)}", "m", time, random.Next(0, 5_000) / 1_000m, ("zone", i % 2 == 0 ? "eu" : "us")));
        }
        for (var d = 0; d < 3; d++)
        {
            var reading = random.Next(0, 1_000) / 10m;
            var time = start;
            for (var i = 0; i < count / 2; i++)
            {
                time += Duration.FromMinutes(random.Next(1, 5_780 / count));
                reading += random.Next(0, 300) / 100m;
                var text = time.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                usage.Add(Event($"r{i}", $"d{d}", "r", text, reading));
            }
        }
        return [.. usage];
    }
}
