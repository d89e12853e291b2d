using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Usage as it happened under plans that were not in force: from the archive, all plans in one reading.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<TrialUsage> TryPlans(TrialUsageQuery query) => (await TryFleet(new(
        query.Tenant, [new(query.Subscription, query.UsagePeriod, [.. Enumerable.Range(0, query.Plans.Length)])], query.Plans, false, 0)))[0];

    public async Task<TrialUsage[]> TryFleet(TrialFleetQuery query)
    {
        var partition = await host.Acquire(Number);
        // Counted before the archive is read: what comes in meanwhile may be read too, and must not look like a gap.
        var (trials, deviceTrials) = await partition.DoDurably(t => t.State.Tenant(query.Tenant) is { } tenant
            ? Begin(t.State.Devices, tenant, query)
            : (new SubscriptionUsageTrial?[query.Subscriptions.Length], new int[query.Subscriptions.Length]));
        var wanted = trials.OfType<SubscriptionUsageTrial>().ToDictionary(t => (t.First, t.Period.Index));
        if (wanted.Count == 0)
        {
            return Array.ConvertAll(trials, _ => new TrialUsage(0, 0, [], []));
        }
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(wanted.Values.Min(t => t.Period.Start).ToUnixTimeTicks()),
            EventTicks.Of(wanted.Values.Max(t => t.Period.End).ToUnixTimeTicks() - 1), CancellationToken.None);
        await foreach (var segment in segments)
        {
            // Only what needs the state is done under the partition's lock: usage comes in while many plans are tried.
            AddAll(partition.Do(t => Counted(t.State.Devices, segment, wanted)));
        }
        AddAll(partition.Do(t => Corrected(t.State.Devices, wanted)));
        return partition.Do(t =>
        {
            foreach (var device in t.State.Devices.Devices)
            {
                var firsts = device.Assignments.Select(a => a.Terms).ToHashSet();
                foreach (var trial in wanted.Values.Where(trial => firsts.Contains(trial.First)))
                {
                    trial.Add(device);
                }
            }
            return trials.Select((trial, i) => trial is null
                ? new TrialUsage(0, 0, [], [])
                : trial.ToUsage(query.Subscriptions[i].Id, deviceTrials[i])).ToArray();
        });
    }

    private static (SubscriptionUsageTrial?[] Trials, int[] DeviceTrials) Begin(DeviceBook devices, TenantCopy tenant, TrialFleetQuery query)
    {
        var plans = Array.ConvertAll(query.Plans, p => new PlanEntry(tenant, p.Plan, p.Meters));
        var firsts = Array.ConvertAll(query.Subscriptions, s => devices.TermsOf(tenant, s.Id)?.First);
        var members = firsts.Select(_ => new List<DeviceState>()).ToArray();
        var places = firsts.Index().Where(f => f.Item is not null).ToDictionary(f => f.Item!, f => f.Index);
        foreach (var device in devices.Devices)
        {
            foreach (var terms in device.Assignments.Select(a => a.Terms).OfType<TermsEntry>().Distinct())
            {
                if (places.TryGetValue(terms, out var at))
                {
                    members[at].Add(device);
                }
            }
        }
        int[] counts = [.. query.Subscriptions.Select((s, i) => query.PerDevice ? members[i].Count * s.Plans.Length : 0)];
        var alone = query.PerDevice && counts.Sum() <= query.MaxDeviceTrials;
        return (
            [.. query.Subscriptions.Select((s, i) => firsts[i] is { } first
                ? new SubscriptionUsageTrial(
                    first, first.Calendar.Period(s.UsagePeriod), Array.ConvertAll(s.Plans, p => plans[p]),
                    Recorded(devices, members[i], first, s.UsagePeriod), alone ? members[i] : null)
                : null)],
            counts);
    }

    private static void AddAll(
        List<(SubscriptionUsageTrial Trial, DeviceState Device, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]) Usage)> counted)
    {
        foreach (var (trial, device, (meter, time, quantity, dimensions)) in counted)
        {
            trial.Add(device, meter, time, quantity, dimensions);
        }
    }

    /// <summary>Events that were corrected count as they are now.</summary>
    private static List<(SubscriptionUsageTrial Trial, DeviceState Device, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]) Usage)> Corrected(
        DeviceBook devices, Dictionary<(TermsEntry First, int Period), SubscriptionUsageTrial> wanted)
    {
        var counted = new List<(SubscriptionUsageTrial, DeviceState, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]))>();
        foreach (var record in devices.Corrections.Events.Select(e => e.CurrentRecord).OfType<UsageRecord>())
        {
            if (TrialOf(devices, record, wanted) is { } trial)
            {
                counted.Add((trial, devices.Devices[record.Device], UsageViews.Counted(devices, record)));
            }
        }
        return counted;
    }

    private static SubscriptionUsageTrial? TrialOf(
        DeviceBook devices, in UsageRecord record, Dictionary<(TermsEntry First, int Period), SubscriptionUsageTrial> wanted) =>
        record.Quarantine is null ? wanted.GetValueOrDefault((devices.Terms[record.Terms].First, record.UsagePeriod)) : null;

    private static IEnumerable<DeviceState> DevicesOf(DeviceBook devices, TermsEntry first) =>
        devices.Devices.Where(d => d.Assignments.Any(a => a.Terms == first));

    /// <summary>Events of a period that the devices have counted, whether or not the archive still has them.</summary>
    internal static long Recorded(DeviceBook devices, TermsEntry first, int period) =>
        Recorded(devices, DevicesOf(devices, first), first, period);

    private static long Recorded(DeviceBook devices, IEnumerable<DeviceState> members, TermsEntry first, int period) => members
        .SelectMany(d => d.Usage).Where(u => u.Period == period && devices.Terms[u.Terms].First == first).Sum(u => (long)u.Events);

    private static List<(SubscriptionUsageTrial Trial, DeviceState Device, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]) Usage)> Counted(
        DeviceBook devices, Segment segment, Dictionary<(TermsEntry First, int Period), SubscriptionUsageTrial> wanted)
    {
        var counted = new List<(SubscriptionUsageTrial, DeviceState, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]))>();
        foreach (var entry in segment)
        {
            if (!UsageRecordCodec.IsUsage(entry.Bytes.Span))
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            if (TrialOf(devices, record, wanted) is { } trial && !devices.Corrections.Has(record))
            {
                counted.Add((trial, devices.Devices[record.Device], UsageViews.Counted(devices, record)));
            }
        }
        return counted;
    }
}
