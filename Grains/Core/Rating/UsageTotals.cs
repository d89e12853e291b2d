using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Rating;

/// <summary>Adds up contributions of one plan and period, all devices and aggregations included. The order in which they
/// come makes no difference.</summary>
public sealed class UsageTotals(CompiledPlan plan)
{
    private readonly Dictionary<BucketKey, BucketTotal> _totals = [];
    private readonly Dictionary<BucketKey, Aggregate> _shared = [];
    private readonly Dictionary<(string Device, BucketKey Key), Aggregate> _devices = [];

    /// <summary>Adds what one event contributes.</summary>
    /// <param name="device">Whose usage it is.</param>
    /// <param name="contribution">Of this plan.</param>
    /// <exception cref="InexactAmountException">A total does not fit a decimal.</exception>
    public void Add(string device, in Contribution contribution)
    {
        Add(contribution.Key, BucketTotal.Of(contribution));
        AddCompanion(contribution.Key, Companion.Events, contribution.Added);
        if (contribution.Aggregate is not { } aggregate)
        {
            return;
        }

        if (contribution.PerDevice)
        {
            _devices[(device, contribution.Key)] =
                _devices.TryGetValue((device, contribution.Key), out var known) ? known.Merge(aggregate) : aggregate;
        }
        else
        {
            _shared[contribution.Key] =
                _shared.TryGetValue(contribution.Key, out var known) ? known.Merge(aggregate) : aggregate;
        }
    }

    /// <summary>The totals, ready to be rated.</summary>
    public Dictionary<BucketKey, BucketTotal> ToTotals()
    {
        var all = new UsageTotals(plan);
        foreach (var (key, total) in _totals)
        {
            all.Add(key, total);
        }

        foreach (var (key, aggregate) in _shared)
        {
            all.Add(key, new(aggregate.Quantity, 0m, 0));
        }

        foreach (var ((_, key), aggregate) in _devices)
        {
            var (counted, added) = plan.QuantityOf(key.Charge, aggregate);
            all.Add(key, new(counted, 0m, 0));
            all.AddCompanion(key, Companion.Devices, added);
        }

        return all._totals;
    }

    private void AddCompanion(BucketKey key, Companion companion, decimal added)
    {
        if (added != 0m)
        {
            Add(plan.CompanionOf(key, companion), new(added, 0m, 0));
        }
    }

    private void Add(BucketKey key, in BucketTotal change) =>
        _totals[key] = _totals.GetValueOrDefault(key).Add(change);
}
