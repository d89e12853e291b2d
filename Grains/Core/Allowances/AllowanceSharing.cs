using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>Shows a charge's allowances, and splits what it costs among the devices, to the minor unit.</summary>
public static class AllowanceSharing
{
    /// <summary>Allowances and the parts of every device.</summary>
    /// <param name="segment">The plan with all totals of the period.</param>
    /// <param name="charge">Id of a charge with several allowances.</param>
    /// <param name="period">The whole billing period.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="devices">Whose parts add up to the totals.</param>
    /// <param name="amount">What the charge costs.</param>
    /// <param name="split">How. By excess, a device pays for what it used beyond its limit of the pools; what is beyond the pools, and
    /// blocks, are for those who used more of them than they bring.</param>
    public static PoolOverview Share(
        PeriodSegment segment, string charge, BillingPeriod period, DateTimeZone zone, IReadOnlyList<PoolDevice> devices,
        Money amount, PoolSplit split)
    {
        var compiled = segment.Plan.Compiled.First(c => c.Definition.Id == charge);
        var allowances = compiled.Allowances!;
        var walk = new AllowanceWalk(compiled, period.Days, PeriodRating.ShareOf(period, segment.Active, zone), segment.Totals, segment.Carried);
        var parts = devices.Select(device => new DevicePart(device, segment.Plan, compiled, period.Days)).ToArray();
        var left = Enumerable.Range(0, compiled.Buckets.Count).Aggregate(0m, (sum, row) => ExactMath.Add(sum, walk.LeftOf(row)));
        var bought = walk.Uses.Where(u => u.Allowance.Terms.Kind == AllowanceKind.Block).Sum(u => u.Covered);
        PoolMember[] members = [.. parts.Select(part => part.Member(allowances, amount.Currency))];
        if (members.Length > 0)
        {
            var shares = amount.Allocate(Weights(parts, left - walk.Beyond + bought, split));
            members = [.. members.Select((member, i) => member with { Share = shares[i] })];
        }

        return new(
            [.. walk.Uses.Select(use => Show(use, allowances))],
            Priced(allowances, walk.Uses.Sum(use => use.CarriedIn + use.Own)), Priced(allowances, left), members);
    }

    private static PoolAllowance Show(AllowanceUse use, CompiledAllowances allowances) => new(
        use.Allowance.Terms.Id, use.Allowance.Terms.Name, use.Allowance.Terms.Kind, Priced(allowances, use.Own),
        [.. use.Carried.Select(c => c with { Quantity = Priced(allowances, c.Quantity) })], Priced(allowances, use.Covered),
        Priced(allowances, use.Left), use.Blocks);

    private static decimal Priced(CompiledAllowances allowances, decimal quantity) => allowances.InPricedUnit(quantity, out _);

    private static decimal[] Weights(DevicePart[] parts, decimal shared, PoolSplit split)
    {
        var excess = parts.Sum(p => p.Excess);
        Func<DevicePart, decimal>[] ways =
        [
            p => split == PoolSplit.Usage ? p.Used : p.Beyond + (excess > 0m ? shared / excess * p.Excess : 0m),
            p => p.Excess, p => p.Used, p => p.Days, _ => 1m,
        ];
        return ways.Select(way => Array.ConvertAll(parts, p => Math.Max(0m, way(p)))).First(weights => weights.Any(w => w > 0m));
    }

    /// <summary>One device in the meter's unit.</summary>
    private sealed class DevicePart
    {
        private readonly string _device;

        internal DevicePart(PoolDevice device, CompiledPlan plan, CompiledCharge charge, int periodDays)
        {
            _device = device.Device;
            var allowances = charge.Allowances!;
            var cover = plan.CoverOf(charge.Index)?.Of(device.Totals, key => device.Totals.GetValueOrDefault(key), periodDays)
                ?? new Dictionary<BucketKey, decimal>();
            var pooled = 0m;
            foreach (var usage in allowances.Buckets.Classes)
            {
                var used = device.Totals.GetValueOrDefault(allowances.Key(allowances.Buckets.Usage(usage)));
                Used = ExactMath.Add(Used, used);
                Own += allowances.OfDevices.Sum(a => cover.GetValueOrDefault(allowances.Key(allowances.Buckets.Own(a.Number, usage))));
                Beyond += cover.GetValueOrDefault(allowances.Key(allowances.Buckets.BeyondLimit(usage)));
            }

            foreach (var allowance in allowances.InOrder.Where(a => a.Rule is not null))
            {
                var days = device.Totals.GetValueOrDefault(allowances.Key(allowances.Buckets.Presence(allowance.Number)));
                var brought = allowances.InMeterUnit(PoolSharing.Brought(allowance.Terms.Quantity, periodDays, days));
                Days = Math.Max(Days, days);
                Included = ExactMath.Add(Included, brought);
                pooled += allowance.Terms.Kind == AllowanceKind.Flex ? brought : 0m;
            }

            Excess = Math.Max(0m, Used - Own - Beyond - pooled);
        }

        internal decimal Days { get; }

        internal decimal Included { get; }

        internal decimal Used { get; }

        /// <summary>Of its own allowances.</summary>
        internal decimal Own { get; }

        internal decimal Beyond { get; }

        /// <summary>What it used of the pools beyond what it brings to them.</summary>
        internal decimal Excess { get; }

        internal PoolMember Member(CompiledAllowances allowances, Currency currency) => new(
            _device, Days, Priced(allowances, Included), Priced(allowances, Used), Priced(allowances, Beyond + Excess), Money.Zero(currency),
            Priced(allowances, Own), Priced(allowances, Beyond));
    }
}
