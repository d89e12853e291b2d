using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Auditing;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Adds up the raw usage of a period by the plan that a back-dated change puts in force for all of it.</summary>
internal sealed class UsageRerating(TermsEntry first, int usagePeriod, PlanEntry plan)
{
    private readonly Dictionary<(int Terms, int Usage, int Billed), Dictionary<BucketKey, BucketTotal>> _totals = [];
    private readonly MergedRecount _merged = new();
    private readonly List<Contribution> _contributions = [];

    /// <summary>Events added.</summary>
    public long Events { get; private set; }

    /// <summary>Adds an event that costs nothing under any plan.</summary>
    public void AddFree() => Events++;

    /// <param name="billedPeriod">The period whose invoice bills the event; it stays the same.</param>
    /// <exception cref="InvalidOperationException">The plan has no price for the event; such a change is not decided.</exception>
    public void Add(
        int device, int billedPeriod, string meter, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        _contributions.Clear();
        if (plan.Compiled.Contribute(meter, time, quantity, dimensions, first.Zone, _contributions) is { } reason)
        {
            throw new InvalidOperationException(
                $"Usage of meter '{meter}' of subscription '{first.Id}' at {time} has no price in plan '{plan.View.Id}': {reason}.");
        }
        Events++;
        var place = (0, usagePeriod, billedPeriod);
        var totals = _totals.TryGetValue(place, out var known) ? known : _totals[place] = [];
        foreach (var contribution in _contributions)
        {
            ContributionSums.Add(totals, plan.Compiled, contribution, 1, 1);
            _merged.Add(device, place, contribution, 1);
        }
    }

    /// <summary>All that was added, to be applied after the change.</summary>
    /// <param name="segment">Number of the change's segment.</param>
    /// <exception cref="InexactAmountException">A total does not fit a decimal.</exception>
    public UsageRerated Fact(int segment)
    {
        _merged.AddDevices(_totals, _ => plan.Compiled);
        return new(
            first.Tenant.Id, first.Id, segment, usagePeriod,
            [
                .. _totals.OrderBy(t => t.Key.Billed).Select(t => new ReratedSlice(
                    t.Key.Billed,
                    [
                        .. t.Value.OrderBy(b => (b.Key.Charge, b.Key.Bucket)).Select(b => new ReratedBucket(
                            b.Key.Charge, b.Key.Bucket, b.Value.Quantity, b.Value.Amount, b.Value.Events)),
                    ],
                    [.. (_merged.Of(t.Key) ?? []).Select(a => ReratedAggregate.Of(null, a))])),
            ],
            [.. _merged.Devices().Select(d => ReratedAggregate.Of(d.Device, SliceAggregates.Tell(d.Key, d.Aggregate)))]);
    }
}
