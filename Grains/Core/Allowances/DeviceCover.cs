using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>
/// What one device's own allowances cover of its usage in a period, and what it used beyond its limit of the pools: a function of all
/// its usage and days of the period. The sums over devices are totals like others.
/// </summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class DeviceCover
{
    private readonly CompiledAllowances _allowances;
    private readonly UsageClass[] _classes;

    internal DeviceCover(int charge, CompiledAllowances allowances)
    {
        (Charge, _allowances) = (charge, allowances);
        _classes = [.. allowances.Buckets.Classes];
        Presences = [.. allowances.OfDevices.Select(a => (allowances.Key(allowances.Buckets.Presence(a.Number)), a.Rule!))];
    }

    /// <summary>Index of the charge in the plan.</summary>
    public int Charge { get; }

    /// <summary>How the device is counted for its own allowances.</summary>
    public IReadOnlyList<(BucketKey Key, PresenceRule Rule)> Presences { get; }

    /// <summary>Covers one device's usage.</summary>
    /// <param name="used">Its usage by the charge's buckets, in the meter's unit; other buckets are ignored.</param>
    /// <param name="days">Its days by the buckets of <see cref="Presences"/>.</param>
    /// <param name="periodDays">Local days of the whole period.</param>
    /// <returns>What it adds to the charge's other buckets; nothing that is zero.</returns>
    public IReadOnlyDictionary<BucketKey, decimal> Of(
        IReadOnlyDictionary<BucketKey, decimal> used, Func<BucketKey, decimal> days, int periodDays)
    {
        var adds = new Dictionary<BucketKey, decimal>();
        var left = new Dictionary<UsageClass, decimal>();
        foreach (var usage in _classes)
        {
            if (used.TryGetValue(_allowances.Key(_allowances.Buckets.Usage(usage)), out var quantity))
            {
                left[usage] = quantity;
            }
        }

        if (left.Count == 0)
        {
            return adds;
        }

        CoverOwn(left, days, periodDays, adds);
        if (_allowances.Limit is { } limit)
        {
            AddBeyond(limit, left, adds);
        }

        return adds;
    }

    private void CoverOwn(
        Dictionary<UsageClass, decimal> left, Func<BucketKey, decimal> days, int periodDays, Dictionary<BucketKey, decimal> adds)
    {
        for (var i = 0; i < _allowances.OfDevices.Count; i++)
        {
            var own = _allowances.OfDevices[i];
            var (brought, isExact) = _allowances.Brought(own.Terms.Quantity, periodDays, days(Presences[i].Key));
            foreach (var (usage, quantity) in CompiledAllowances.Cover(own, brought, isExact, left, _allowances.InOrder.Skip(i + 1)))
            {
                adds[_allowances.Key(_allowances.Buckets.Own(own.Number, usage))] = quantity;
            }
        }
    }

    /// <summary>Only usage that some pool could take counts towards the limit.</summary>
    private void AddBeyond(decimal limit, Dictionary<UsageClass, decimal> left, Dictionary<BucketKey, decimal> adds)
    {
        UsageClass[] order =
        [
            .. left.Where(l => l.Value > 0m && _allowances.Pools.Any(pool => pool.Covers(l.Key))).Select(l => l.Key)
                .OrderBy(usage => _allowances.Pools.Count(pool => pool.Covers(usage))).ThenBy(usage => usage.Row).ThenBy(usage => usage.Scopes),
        ];
        foreach (var usage in order)
        {
            var within = Math.Min(limit, left[usage]);
            limit = ExactMath.Subtract(limit, within);
            if (within < left[usage])
            {
                adds[_allowances.Key(_allowances.Buckets.BeyondLimit(usage))] = ExactMath.Subtract(left[usage], within);
            }
        }
    }
}
