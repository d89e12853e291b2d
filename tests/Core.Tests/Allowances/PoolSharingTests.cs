using CsCheck;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Allowances;

public class PoolSharingTests
{
    private static readonly Currency Euro = Currency.FromCode("EUR");

    /// <summary>Semantics, overage attribution: three SIMs with 10 MB each use 5, 20 and 15 MB; 10 MB beyond, here at 1.00.</summary>
    [Fact]
    public void Overage_is_shared_by_usage_or_by_what_each_used_beyond_its_own()
    {
        Assert.Equal(["1.25", "5.00", "3.75"], Shares(PoolSplit.Usage));
        Assert.Equal(["0.00", "6.67", "3.33"], Shares(PoolSplit.Excess));

        static IEnumerable<string> Shares(PoolSplit split) =>
            Share([("a", 30m, 5m), ("b", 30m, 20m), ("c", 30m, 15m)], 1000, split).Select(m => m.Share.ToString());
    }

    [Fact]
    public void A_device_that_came_for_half_of_the_month_brings_half()
    {
        var members = Share([("a", 30m, 5m), ("b", 15m, 20m)], 1000, PoolSplit.Excess);
        Assert.Equal([(10m, 0m), (5m, 15m)], members.Select(m => (m.Included, m.Excess)));
        Assert.Equal(["0.00", "10.00"], members.Select(m => m.Share.ToString()));
    }

    [Fact]
    public void Thirds_that_three_devices_bring_are_whole_together()
    {
        // 20 of 30 days of 50 are 33.333…; three of them are 100.
        var charge = Given.Plan("""{"id":"d","meter":"units","unitPrice":"1","freeQuantity":"5","allowance":{"perDevice":"50"}}""").Charges[0];
        Assert.Equal(105m, PoolSharing.Included(charge, Given.Month(2026, 6), 60m));
    }

    [Fact]
    public void An_amount_without_overage_or_usage_is_shared_all_the_same()
    {
        Assert.Equal(["5.00", "5.00"], Share([("a", 30m, 1m), ("b", 30m, 1m)], 1000, PoolSplit.Excess).Select(m => m.Share.ToString()));
        Assert.Equal(["7.50", "2.50"], Share([("a", 30m, 0m), ("b", 10m, 0m)], 1000, PoolSplit.Usage).Select(m => m.Share.ToString()));
        Assert.Empty(Share([], 1000, PoolSplit.Usage));
    }

    [Fact]
    public void Shares_add_up_to_the_amount_to_the_minor_unit()
    {
        var device = Gen.Select(Gen.Decimal[0m, 31m], Gen.Decimal[0m, 1_000m], (days, used) => ("d", Math.Truncate(days), decimal.Round(used, 6, MidpointRounding.ToEven)));
        Gen.Select(device.Array[1, 40], Gen.Long[-100_000, 10_000_000], Gen.Bool).Sample((devices, cents, byUsage) =>
            Share(devices, cents, byUsage ? PoolSplit.Usage : PoolSplit.Excess).Sum(m => m.Share.MinorUnits) == cents);
    }

    private static IReadOnlyList<PoolMember> Share((string, decimal, decimal)[] devices, long cents, PoolSplit split)
    {
        var charge = Given.Plan("""{"id":"d","meter":"units","unitPrice":"1","allowance":{"perDevice":"10"}}""").Charges[0];
        return PoolSharing.Share(charge, "1", Given.Month(2026, 6), devices, new(cents, Euro), split);
    }
}
