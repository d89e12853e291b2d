using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>Shares a period's usage out among the allowances of a charge, in the order of their use.</summary>
/// <remarks>Rule: ADR 0022. Devices' own quantities and limits are in the totals already.</remarks>
internal sealed class AllowanceWalk
{
    private readonly CompiledAllowances _allowances;
    private readonly IReadOnlyDictionary<BucketKey, BucketTotal> _totals;
    private readonly Dictionary<UsageClass, decimal> _left = [];
    private readonly List<AllowanceUse> _uses = [];

    /// <param name="charge">With allowances.</param>
    /// <param name="days">Local days of the whole period.</param>
    /// <param name="share">Of the period that the subscription ran, for pools that are prorated.</param>
    /// <param name="totals">Of the period.</param>
    /// <param name="carried">From earlier periods.</param>
    internal AllowanceWalk(
        CompiledCharge charge, int days, ProrationRatio share, IReadOnlyDictionary<BucketKey, BucketTotal> totals, CarriedOver carried)
    {
        (_allowances, _totals) = (charge.Allowances!, totals);
        foreach (var usage in _allowances.Buckets.Classes)
        {
            if (Total(_allowances.Buckets.Usage(usage)).Quantity is var quantity and not 0m)
            {
                _left[usage] = quantity;
            }
        }

        foreach (var own in _allowances.OfDevices)
        {
            TakeOwn(own, days);
        }

        var beyond = TakeBeyond();
        for (var i = 0; i < _allowances.Pools.Count; i++)
        {
            var pool = _allowances.Pools[i];
            _uses.Add(pool.Terms.Kind == AllowanceKind.Block
                ? Buy(pool, i)
                : Use(pool, i, days, share, carried.Of(charge.Definition.Id, pool.Terms.Id)));
        }

        foreach (var (usage, quantity) in beyond)
        {
            _left[usage] = ExactMath.Add(_left[usage], quantity);
            Beyond = ExactMath.Add(Beyond, quantity);
        }
    }

    /// <summary>In the order of use.</summary>
    internal IReadOnlyList<AllowanceUse> Uses => _uses;

    /// <summary>What devices used beyond their limit of the pools; part of what is left.</summary>
    internal decimal Beyond { get; }

    /// <summary>What no allowance covers of a row of prices, in the meter's unit.</summary>
    internal decimal LeftOf(int row) =>
        _left.Where(l => l.Key.Row == row).Aggregate(0m, (sum, l) => ExactMath.Add(sum, l.Value));

    private void TakeOwn(CompiledAllowance own, int days)
    {
        var covered = 0m;
        foreach (var usage in _left.Keys.ToArray())
        {
            if (Total(_allowances.Buckets.Own(own.Number, usage)).Quantity is var quantity and not 0m)
            {
                _left[usage] = ExactMath.Subtract(_left[usage], quantity);
                covered = ExactMath.Add(covered, quantity);
            }
        }

        var (brought, isExact, present) = Brought(own, days);
        _uses.Add(new(own, brought, [], covered, present.Events, present.Quantity, IsExact: isExact));
    }

    /// <summary>Takes off what pools cannot cover.</summary>
    private List<(UsageClass Usage, decimal Quantity)> TakeBeyond()
    {
        var beyond = new List<(UsageClass, decimal)>();
        foreach (var usage in _left.Keys.ToArray())
        {
            if (Total(_allowances.Buckets.BeyondLimit(usage)).Quantity is var quantity and not 0m)
            {
                _left[usage] = ExactMath.Subtract(_left[usage], quantity);
                beyond.Add((usage, quantity));
            }
        }

        return beyond;
    }

    private AllowanceUse Use(
        CompiledAllowance pool, int index, int days, ProrationRatio share, IReadOnlyList<CarriedQuantity> carried)
    {
        var (own, isExact, present) = pool.Terms.Kind == AllowanceKind.Flex ? Brought(pool, days) : Fixed(pool, share);
        var use = new AllowanceUse(pool, own, carried, 0m, present.Events, present.Quantity, IsExact: isExact);
        return use with { Covered = Cover(pool, index, use.Left, isExact && carried.Count == 0) };
    }

    /// <summary>Buys as many blocks as the usage needs.</summary>
    private AllowanceUse Buy(CompiledAllowance pool, int index)
    {
        var wanted = _left.Where(l => l.Value > 0m && pool.Covers(l.Key)).Aggregate(0m, (sum, l) => ExactMath.Add(sum, l.Value));
        var wasCut = !_allowances.IsLimitExact || _uses.Exists(use => !use.IsExact && use.Covered > 0m);
        var (blocks, bought, isExact) = _allowances.Blocks(wanted, pool.Terms.Quantity, pool.Terms.MaxBlocks, wasCut);
        return new(pool, bought, [], Cover(pool, index, bought, isExact), Blocks: blocks, IsExact: isExact);
    }

    private decimal Cover(CompiledAllowance pool, int index, decimal quantity, bool isExact) =>
        CompiledAllowances.Cover(pool, quantity, isExact, _left, _allowances.Pools.Skip(index + 1))
            .Aggregate(0m, (sum, covered) => ExactMath.Add(sum, covered.Quantity));

    private (decimal Quantity, bool IsExact, BucketTotal Present) Brought(CompiledAllowance allowance, int days)
    {
        var present = Total(_allowances.Buckets.Presence(allowance.Number));
        var (brought, isExact) = _allowances.Brought(allowance.Terms.Quantity, days, present.Quantity);
        return (brought, isExact, present);
    }

    private (decimal Quantity, bool IsExact, BucketTotal Present) Fixed(CompiledAllowance allowance, ProrationRatio share)
    {
        var (quantity, isExact) = allowance.Terms.Prorate
            ? _allowances.Brought(allowance.Terms.Quantity, (int)share.Denominator, share.Numerator)
            : _allowances.Brought(allowance.Terms.Quantity, 1, 1);
        return (quantity, isExact, default);
    }

    private BucketTotal Total(int bucket) => _totals.GetValueOrDefault(_allowances.Key(bucket));
}
