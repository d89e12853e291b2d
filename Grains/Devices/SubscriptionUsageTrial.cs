using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.Devices;

/// <summary>Other plans for one period of one subscription: for all of its devices together and, where asked for, for each alone.</summary>
/// <param name="recorded">Events that the devices counted in the period before the archive was read.</param>
/// <param name="devices">The devices to add up alone; null for none.</param>
internal sealed class SubscriptionUsageTrial(
    TermsEntry first, BillingPeriod period, PlanEntry[] plans, long recorded, IEnumerable<DeviceState>? devices)
{
    private readonly PlanTrial[] _together = Trials(first, period, plans);
    private readonly Dictionary<int, (string Id, PlanTrial[] Trials)>? _alone =
        devices?.ToDictionary(d => d.Index, d => (d.Id, Trials(first, period, plans)));
    private long _events;

    public TermsEntry First => first;

    public BillingPeriod Period => period;

    public void Add(DeviceState device, MeterEntry meter, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        _events++;
        if (DeviceBook.IsFree(device, time.ToUnixTimeTicks()))
        {
            // Whatever the plan is, the device was in test.
            return;
        }
        foreach (var trial in TrialsOf(device.Index))
        {
            trial.Add(device.Index, meter.Definition.Id, meter.Definition.Lasts, time, quantity, dimensions);
        }
    }

    /// <summary>What a device counts for by being there, and by its levels and sessions.</summary>
    public void Add(DeviceState device)
    {
        foreach (var trial in TrialsOf(device.Index))
        {
            trial.Add(device);
            trial.AddLasting(device);
        }
    }

    public TrialUsage ToUsage(string subscription, int deviceTrials) => new(
        recorded, _events, Slices(_together, subscription), Array.ConvertAll(_together, t => t.Unrated),
        _alone?.Values.OrderBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => new DeviceTrial(d.Id, Slices(d.Trials, subscription), Array.ConvertAll(d.Trials, t => t.Unrated))).ToArray(),
        deviceTrials);

    private IEnumerable<PlanTrial> TrialsOf(int device) =>
        _alone is not null && _alone.TryGetValue(device, out var alone) ? _together.Concat(alone.Trials) : _together;

    private static PlanTrial[] Trials(TermsEntry first, BillingPeriod period, PlanEntry[] plans) =>
        Array.ConvertAll(plans, plan => new PlanTrial(first, period, plan));

    private static Slice[] Slices(PlanTrial[] trials, string subscription) => Array.ConvertAll(trials, t => t.ToSlice(subscription));
}
