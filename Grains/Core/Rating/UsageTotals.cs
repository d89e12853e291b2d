using OrleansBilling.Core.Allowances;
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
    public void Add(string device, in Contribution contribution) => Add(device, contribution, events: 1);

    /// <summary>Adds a part of usage that lasts, which is no event of its own.</summary>
    internal void AddPart(string device, in Contribution contribution) => Add(device, contribution, events: 0);

    private void Add(string device, in Contribution contribution, int events)
    {
        Add(contribution.Key, BucketTotal.Of(contribution) with { Events = events });
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

    /// <summary>Devices that have usage of their own in a charge; in no order.</summary>
    public IEnumerable<string> DevicesOf(int charge) =>
        _devices.Keys.Where(d => d.Key.Charge == charge).Select(d => d.Device).Distinct(StringComparer.Ordinal);

    /// <summary>The totals, ready to be rated.</summary>
    /// <param name="days">Days for which a device brings its own allowance, by its bucket; the whole period when left out.</param>
    /// <param name="periodDays">Days of the period that <paramref name="days"/> are of.</param>
    public Dictionary<BucketKey, BucketTotal> ToTotals(Func<string, BucketKey, decimal>? days = null, int periodDays = 1)
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

        foreach (var device in plan.Covers.Count > 0 ? _devices.GroupBy(d => d.Key.Device, StringComparer.Ordinal) : [])
        {
            var used = device.ToDictionary(d => d.Key.Key, d => plan.QuantityOf(d.Key.Key.Charge, d.Value).Counted);
            foreach (var cover in plan.Covers)
            {
                all.AddCover(cover, used, key => days?.Invoke(device.Key, key) ?? periodDays, periodDays);
            }
        }

        return all._totals;
    }

    private void AddCover(
        DeviceCover cover, Dictionary<BucketKey, decimal> used, Func<BucketKey, decimal> days, int periodDays)
    {
        foreach (var (key, covered) in cover.Of(used, days, periodDays))
        {
            Add(key, new(covered, 0m, 0));
        }
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
