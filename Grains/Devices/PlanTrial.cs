using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
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

    /// <param name="lasts">Whether it is a record of a level or a session, which is only an event here; see
    /// <see cref="AddLasting"/>.</param>
    public void Add(int device, string meter, bool lasts, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        _contributions.Clear();
        var arrived = lasts
            ? plan.Compiled.Arrive(meter, time, dimensions, first.Zone, _contributions)
            : plan.Compiled.Contribute(meter, time, quantity, dimensions, first.Zone, _contributions);
        if (arrived is { } reason)
        {
            CountUnrated(reason);
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

    /// <summary>What the levels and sessions of a device come to in the period, while it belonged to the subscription.</summary>
    public void AddLasting(DeviceState device)
    {
        var (start, end) = (period.Start.ToUnixTimeTicks(), period.End.ToUnixTimeTicks());
        foreach (var set in device.Sessions)
        {
            foreach (var session in set.Sessions.Values.Where(
                s => s.Readings[^1].Time.ToUnixTimeTicks() >= start && s.Readings[0].Time.ToUnixTimeTicks() < end))
            {
                AddSession(device, set.Meter.Definition.Id, session);
            }
        }
        foreach (var (meter, level, stay, dimensions) in LevelsIn(device))
        {
            if (plan.Compiled.Charges(meter.Definition.Id) && LevelStretches.Of(meter.Definition, stay, level) is { } stretch)
            {
                _contributions.Clear();
                AddRated(device, () =>
                {
                    plan.Compiled.Spread(meter.Definition.Id, stretch, dimensions, first.Zone, _contributions);
                    return _contributions;
                });
            }
        }
    }

    /// <summary>The whole session, so that it is rounded as a whole, and of that what lies in the period.</summary>
    private void AddSession(DeviceState device, string meter, SessionHistory session)
    {
        var parts = SessionParts.Of(device, session.Stretches()).Where(p => p.Terms.First == first).SelectMany(p => p.Parts)
            .OrderBy(p => p.Stretch.Usage.From).ToArray();
        var contributions = new List<(int Period, Contribution Contribution)>();
        AddRated(device, () =>
        {
            plan.Compiled.SpreadSession(meter, parts, first.Zone, contributions);
            return contributions.Where(c => c.Period == period.Index).Select(c => c.Contribution);
        });
    }

    /// <summary>Adds lasting usage, or counts it as unrated where no decimal holds what it costs by this plan.</summary>
    private void AddRated(DeviceState device, Func<IEnumerable<Contribution>> spread)
    {
        try
        {
            foreach (var contribution in spread())
            {
                ContributionSums.Add(_totals, plan.Compiled, contribution, 1, 0);
                _merged.Add(device.Index, Place, contribution, 1);
            }
        }
        catch (InexactAmountException)
        {
            CountUnrated(RatingReasons.Inexact);
        }
    }

    private void CountUnrated(string reason) => _unrated[reason] = _unrated.GetValueOrDefault(reason) + 1;

    private IEnumerable<(MeterEntry Meter, decimal Level, Stay Stay, KeyValuePair<string, string>[] Dimensions)> LevelsIn(DeviceState device)
    {
        var (start, end) = (period.Start.ToUnixTimeTicks(), period.End.ToUnixTimeTicks());
        return from set in device.Levels
               from series in set.Series
               where series.FromTicks < end && series.ToTicks > start
               from level in series.History.Levels(period.Start, period.End)
               from stay in Stay.Of(device, level.From.ToUnixTimeTicks(), level.To.ToUnixTimeTicks(), _ => end)
               where stay.Terms.First == first
               select (set.Meter, level.Delta, stay, series.Dimensions);
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
