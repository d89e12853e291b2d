using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Core.Amounts;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Reservations;

/// <summary>ADR 0023: quota of several pools, with what they carried from the month before.</summary>
public sealed class PoolReservationTests
{
    /// <summary>Twelve devices bring 10 each; 30 are for everybody, and half of what May left of them; 20 only for zone eu.</summary>
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"data","meter":"data","unitPrice":"1","blockAt":"included","allowances":[
            {"id":"sims","kind":"flex","perDevice":"10"},
            {"id":"all","kind":"fixed","quantity":"30","rollOver":{"percent":"50"}},
            {"id":"eu","kind":"fixed","quantity":"20","where":{"zone":["eu"]}}]}]}
        """;

    /// <summary>120 + 30 + 15 carried are for any zone, 20 more for eu; each step by hand.</summary>
    [Fact]
    public async Task What_the_pools_cover_of_a_zone_is_granted_with_what_they_carried()
    {
        await using var cluster = await Prepared();
        Assert.Equal((165m, "data"), Granted(await Reserve(cluster, "d1", "a", 500m, "us")));
        Assert.Equal((20m, "data"), Granted(await Reserve(cluster, "d2", "b", 500m, "eu")));
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d3", "c", 1m, "eu")).Errors.Single().Code);
        Ok(await cluster.Device("t", "d1").ReportReserved("a", new(1, 100m, null, null, null, true)));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal((65m, "data"), Granted(await Reserve(cluster, "d3", "c", 500m, "us")));
        Ok(await cluster.Device("t", "d3").ReportReserved("c", new(1, 65m, null, null, null, true)));
        Ok(await cluster.Device("t", "d2").ReportReserved("b", new(1, 20m, null, null, null, true)));
        var line = Assert.Single((await cluster.BillAsync("t", "c")).Lines);
        Assert.Equal((185m, 0m), (line.Quantity, line.Amount.ToDecimal()));
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reservations_that_race_never_exceed_the_pools_by_a_unit(int silos)
    {
        await using var cluster = await Prepared(silos);
        var used = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Use(cluster, $"d{i}", new Random(i))));
        var line = Assert.Single((await cluster.BillAsync("t", "c")).Lines);
        Assert.Equal((used.Sum(), 0m), (line.Quantity, line.ExactAmount));
        Assert.InRange(line.Quantity, 184m, 185m);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    /// <summary>Until hardly anything is left of the pools for its zone.</summary>
    private static async Task<decimal> Use(BillingCluster cluster, string device, Random random)
    {
        var (used, refused) = (0m, 0);
        for (var n = 0; ; n++)
        {
            var zone = refused % 2 == 0 ? "eu" : "us";
            var granted = await Reserve(cluster, device, $"{device}-{n}", random.Next(1, 60) / 4m, zone);
            if (granted.Value is not { } reservation)
            {
                Assert.Equal("reservation.limit_reached", granted.Errors.Single().Code);
                refused++;
                if ((await cluster.BillAsync("t", "c")).Lines.Sum(l => l.Quantity) >= 184m)
                {
                    return used;
                }
                continue;
            }
            used += await ReservationRace.SpendAsync(cluster, device, reservation, random);
        }
    }

    private static (decimal Granted, string? By) Granted(CommandResult<ReservationView> result)
    {
        var view = Ok(result);
        return (DecimalText.Normalize(view.Granted), view.LimitedBy);
    }

    private static Task<CommandResult<ReservationView>> Reserve(BillingCluster cluster, string device, string id, decimal quantity, string zone) =>
        cluster.Device("t", device).Reserve(new(id, "data", quantity, null, null, [new("zone", zone)], ReservationSpec.DefaultLease));

    private static async Task<BillingCluster> Prepared(int silos = 1)
    {
        var cluster = await StartAsync(silos: silos);
        await cluster.CreateTenantAsync("t", "2026-05-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-05-01T00:00:00Z");
        for (var i = 1; i <= 12; i++)
        {
            await cluster.RegisterAsync("t", $"d{i}", "s");
        }
        await cluster.AdvanceAsync("t", "2026-06-10T00:00:00Z");
        return cluster;
    }
}
