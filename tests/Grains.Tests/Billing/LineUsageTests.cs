using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Tests.Corrections;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>What devices used of lines, by their raw events.</summary>
public sealed class LineUsageTests
{
    /// <summary>Charges that add what devices use, by quantities and not by extremes.</summary>
    private static readonly string[] Sums = ["tiers", "zones", "rounded", "deviceMax", "deviceUnique", "register"];

    [Fact]
    public async Task Devices_add_up_to_every_line_that_is_a_sum_and_pages_are_the_whole()
    {
        await using var cluster = await StartAsync();
        await CorrectionScenario.PrepareAsync(cluster, "t");
        var usage = CorrectionScenario.Usage(new Random(7), 240).ToArray();
        await cluster.SendAsync("t", usage);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var invoice = Assert.Single((await cluster.Customer("t", "c").Invoices(null, 10)).Items);
        var queries = (await cluster.Customer("t", "c").LineQueries(invoice.Id))!;
        Assert.Equal(invoice.Lines.Length, queries.Length);
        var whole = await AllAsync(cluster, queries, 1_000);
        Assert.Equal(whole, await AllAsync(cluster, queries, 1));
        Assert.Equal(whole, await AllAsync(cluster, queries, 7));
        foreach (var line in invoice.Lines)
        {
            var own = whole.Where(r => r.Line == line.Number - 1).ToArray();
            Assert.Equal(line.Events, own.Sum(r => r.Events));
            Assert.Equal(own.Length, own.Select(r => r.Device).Distinct().Count());
            if (Sums.Contains(line.ChargeId))
            {
                Assert.Equal(line.Quantity, own.Sum(r => r.Quantity));
            }
        }
        Assert.Null(await cluster.Customer("t", "c").LineQueries("INV-000009"));
    }

    private static async Task<LineDeviceUsage[]> AllAsync(BillingCluster cluster, LineEventsQuery?[] queries, int limit)
    {
        var all = new List<LineDeviceUsage>();
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            var (line, device) = (0, (string?)null);
            while (await cluster.Grains.GetGrain<IPartitionGrain>(p).LineUsage(new(queries, line, device, limit)) is { Length: > 0 } rows)
            {
                Assert.True(rows.Length <= limit);
                all.AddRange(rows);
                (line, device) = (rows[^1].Line, rows[^1].Device);
            }
        }
        return [.. all];
    }
}
