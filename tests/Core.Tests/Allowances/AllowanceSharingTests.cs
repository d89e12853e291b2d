using CsCheck;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Allowances;

/// <summary>Who has what of several allowances; all numbers are worked by hand.</summary>
public class AllowanceSharingTests
{
    private const string Charge = """
        {"id":"d","meter":"units","unitPrice":"1","poolLimitPerDevice":"15","allowances":[
          {"id":"own","kind":"device","perDevice":"5","where":{"zone":["eu"]}},{"id":"flex","kind":"flex","perDevice":"10"},
          {"id":"more","kind":"block","quantity":"4","price":"3","maxBlocks":1}]}
        """;

    [Fact]
    public void What_is_beyond_a_devices_limit_is_its_own_and_the_rest_is_shared_by_excess()
    {
        // a: 5 of its own, 15 of the pools, 10 beyond. b: 14 of the pools. c: 1 of the pools. 30 of the pool are used.
        var overview = Share(PoolSplit.Excess, out var amount, ("a", 30m, "eu"), ("b", 14m, "us"), ("c", 1m, ""));
        Assert.Equal(10m, amount.ToDecimal());
        Assert.Equal(
            [("own", AllowanceKind.Device, 15m, 5m, 10m), ("flex", AllowanceKind.Flex, 30m, 30m, 0m), ("more", AllowanceKind.Block, 0m, 0m, 0m)],
            overview.Allowances.Select(a => (a.Id, a.Kind, a.Own, a.Used, a.Left)));
        Assert.Equal((45m, 10m), (overview.Included, overview.Overage));
        Assert.Equal(
            [("a", 30m, 15m, 30m, 15m, 5m, 10m), ("b", 30m, 15m, 14m, 4m, 0m, 0m), ("c", 30m, 15m, 1m, 0m, 0m, 0m)],
            overview.Members.Select(m => (m.Device, m.Days, m.Included, m.Used, m.Excess, m.Own, m.BeyondLimit)));
        Assert.Equal(["10.00", "0.00", "0.00"], overview.Members.Select(m => m.Share.ToString()));
    }

    [Fact]
    public void Blocks_and_overage_of_the_pools_are_for_those_who_used_more_than_they_bring()
    {
        // Pools: 15 + 15 + 7 = 37 of 30: a block of 4 for 3.00, 3 beyond, and 10 beyond the limit of a: 16.00.
        var overview = Share(PoolSplit.Excess, out var amount, ("a", 30m, "eu"), ("b", 15m, "us"), ("c", 7m, ""));
        Assert.Equal(16m, amount.ToDecimal());
        // Shared 7 by 5 and 5: a 10 + 3.5 of 17, b 3.5 of 17: 12.7058… and 3.2941….
        Assert.Equal(["12.71", "3.29", "0.00"], overview.Members.Select(m => m.Share.ToString()));
        Assert.Equal(["9.23", "4.62", "2.15"], Share(PoolSplit.Usage, out _, ("a", 30m, "eu"), ("b", 15m, "us"), ("c", 7m, "")).Members.Select(m => m.Share.ToString()));
    }

    /// <summary>What members used, brought and have of their own adds up to the totals that the bill is made of.</summary>
    [Fact]
    public void Parts_of_devices_add_up()
    {
        var gen = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[1, 300]).Array[1, 20];
        gen.Sample(events =>
        {
            var overview = Share(
                PoolSplit.Excess, out var amount, [.. events.Select(e => ($"d{e.Item1}", e.Item3 / 10m, new[] { "eu", "us", "" }[e.Item2]))]);
            var used = events.Sum(e => e.Item3 / 10m);
            return overview.Members.Sum(m => m.Share.MinorUnits) == amount.MinorUnits
                && overview.Members.Sum(m => m.Used) == used
                && overview.Members.Sum(m => m.Own) == overview.Allowances[0].Used
                && overview.Allowances.Sum(a => a.Used) + overview.Overage == used
                && overview.Members.All(m => m.Excess >= m.BeyondLimit && m.Share.MinorUnits >= 0);
        }, iter: 500);
    }

    [Fact]
    public void What_was_carried_over_is_shown_by_period()
    {
        var plan = Compiled("""{"id":"d","meter":"units","unitPrice":"1","allowances":[{"id":"f","kind":"fixed","quantity":"100","rollOver":{}}]}""");
        var june = Month(2026, 6);
        var carried = RollOver.Out(new(plan, june.ToInterval(), true, Totals(plan, "units", [(june.Start, 70m)])), june, Utc, 1);
        var totals = Totals(plan, "units", [(june.Start, 20m)]);
        var overview = AllowanceSharing.Share(
            new(plan, june.ToInterval(), false, totals) { Carried = carried }, "d", june, Utc, [], Money.Zero(plan.Currency), PoolSplit.Excess);
        var pool = Assert.Single(overview.Allowances);
        Assert.Equal((100m, 20m, 110m), (pool.Own, pool.Used, pool.Left));
        Assert.Equal([new CarriedQuantity(0, 30m)], pool.Carried);
        Assert.Empty(overview.Members);
    }

    private static PoolOverview Share(PoolSplit split, out Money amount, params (string Device, decimal Value, string Zone)[] usage)
    {
        var plan = Compiled(Charge);
        var june = Month(2026, 6);
        var sums = new UsageTotals(plan);
        var devices = new SortedDictionary<string, Dictionary<BucketKey, decimal>>(StringComparer.Ordinal);
        var contributions = new List<Contribution>();
        foreach (var (device, value, zone) in usage)
        {
            contributions.Clear();
            Assert.Null(plan.Contribute("units", june.Start, value, zone.Length == 0 ? [] : [new("zone", zone)], Utc, contributions));
            var contribution = contributions.Single();
            sums.Add(device, contribution);
            var own = devices.TryGetValue(device, out var known) ? known : devices[device] = plan.Presences.ToDictionary(p => p.Key, _ => 30m);
            own[contribution.Key] = own.GetValueOrDefault(contribution.Key) + contribution.Aggregate!.Quantity;
        }

        var totals = sums.ToTotals();
        foreach (var (key, _) in plan.Presences)
        {
            totals[key] = new(devices.Count * 30m, 0m, devices.Count);
        }

        var segment = new PeriodSegment(plan, june.ToInterval(), true, totals);
        amount = SegmentRating.Rate(june, Utc, 0, [segment])[0].Single().Amount;
        return AllowanceSharing.Share(segment, "d", june, Utc, [.. devices.Select(d => new PoolDevice(d.Key, d.Value))], amount, split);
    }
}
