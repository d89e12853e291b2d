using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Auditing;
using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.Devices;

/// <summary>Adds up what events and devices of a period come to as if a plan had been the subscription's only one.</summary>
internal sealed class PlanTrial(TermsEntry first, BillingPeriod period, PlanEntry plan)
{
    private readonly Dictionary<BucketKey, BucketTotal> _totals = [];
    private readonly SortedDictionary<string, long> _unrated = new(StringComparer.Ordinal);
    private readonly MergedRecount _merged = new();
    private readonly List<Contribution> _contributions = [];

    private (int Terms, int Usage, int Billed) Place => (0, period.Index, period.Index);

    /// <summary>Events without a price, by reason.</summary>
    public KeyValuePair<string, long>[] Unrated => [.. _unrated];

    public void Add(int device, string meter, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        _contributions.Clear();
        if (plan.Compiled.Contribute(meter, time, quantity, dimensions, first.Zone, _contributions) is { } reason)
        {
            _unrated[reason] = _unrated.GetValueOrDefault(reason) + 1;
            return;
        }
        foreach (var contribution in _contributions)
        {
            ContributionSums.Add(_totals, plan.Compiled, contribution, 1, 1);
            _merged.Add(device, Place, contribution, 1);
        }
    }

    public void Add(DeviceState device)
    {
        foreach (var (key, rule) in plan.Compiled.Presences)
        {
            var present = DevicePresence.Alone(device, first, rule, period);
            _totals[key] = _totals.GetValueOrDefault(key).Add(present);
            if (plan.Compiled.CoverOf(key.Charge) is not null)
            {
                _merged.AddDays(device.Index, Place, key, present.Quantity);
            }
        }
    }

    public Slice ToSlice(string subscription)
    {
        var totals = new Dictionary<(int, int, int), Dictionary<BucketKey, BucketTotal>> { [Place] = new(_totals) };
        _merged.AddDevices(totals, _ => plan.Compiled);
        _merged.AddCovers(totals, _ => plan.Compiled, (_, _) => period.Days);
        return new(
            first.Tenant.Id, subscription, period.Index, period.Index,
            [.. totals[Place].Select(b => new SliceBucket(b.Key.Charge, b.Key.Bucket, b.Value.Quantity, b.Value.Amount, b.Value.Events))],
            _merged.Of(Place));
    }
}
