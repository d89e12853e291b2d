using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Usage as it happened under plans that were not in force: from the archive, all plans in one reading.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<TrialUsage> TryPlans(TrialUsageQuery query)
    {
        var partition = await host.Acquire(Number);
        // Counted before the archive is read: what comes in meanwhile may be read too, and must not look like a gap.
        var (first, period, recorded) = await partition.DoDurably(t =>
            t.State.Tenant(query.Tenant) is { } tenant && t.State.Devices.TermsOf(tenant, query.Subscription) is { } terms
                ? (terms.First, terms.Calendar.Period(query.UsagePeriod), Recorded(t.State.Devices, terms.First, query.UsagePeriod))
                : default((TermsEntry?, BillingPeriod, long)));
        if (first is null)
        {
            return new(0, 0, [], []);
        }
        PlanTrial[] trials =
            [.. query.Plans.Select(p => new PlanTrial(first, period, new PlanEntry(first.Tenant, p.Plan, p.Meters)))];
        var events = 0L;
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(period.Start.ToUnixTimeTicks()), EventTicks.Of(period.End.ToUnixTimeTicks() - 1), CancellationToken.None);
        await foreach (var segment in segments)
        {
            // Only what needs the state is done under the partition's lock: usage comes in while many plans are tried.
            events += TryAll(trials, partition.Do(t => Counted(t.State.Devices, segment, first, period.Index)));
        }
        events += TryAll(trials, partition.Do(t => Corrected(t.State.Devices, first, period.Index)));
        return partition.Do(t =>
        {
            foreach (var device in DevicesOf(t.State.Devices, first))
            {
                Array.ForEach(trials, trial => trial.Add(device));
                Array.ForEach(trials, trial => trial.AddLasting(device));
            }
            return new TrialUsage(
                recorded, events, Array.ConvertAll(trials, trial => trial.ToSlice(query.Subscription)),
                Array.ConvertAll(trials, trial => trial.Unrated), AnyCorrected(t.State.Devices, first, period.Index));
        });
    }

    private static int TryAll(
        PlanTrial[] trials, List<(DeviceState Device, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]) Usage)> counted)
    {
        foreach (var (device, (meter, time, quantity, dimensions)) in counted)
        {
            if (DeviceBook.IsFree(device, time.ToUnixTimeTicks()))
            {
                // Whatever the plan is, the device was in test.
                continue;
            }
            Array.ForEach(trials, trial => trial.Add(device.Index, meter.Definition.Id, meter.Definition.Lasts, time, quantity, dimensions));
        }
        return counted.Count;
    }

    /// <summary>Events that were corrected count as they are now.</summary>
    private static List<(DeviceState Device, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]) Usage)> Corrected(
        DeviceBook devices, TermsEntry first, int period) =>
    [
        .. devices.Corrections.Events.Select(e => e.CurrentRecord).OfType<UsageRecord>()
            .Where(r => IsOf(devices, r, first, period)).Select(r => (devices.Devices[r.Device], UsageViews.Counted(devices, r))),
    ];

    private static int AnyCorrected(DeviceBook devices, TermsEntry first, int period) => devices.Corrections.Events
        .Count(e => e.Corrections.Any(c => IsOf(devices, e.Record(c.Fact, c.Fact.Before), first, period)
            || (c.Fact.After is { } after && IsOf(devices, e.Record(c.Fact, after), first, period))));

    private static bool IsOf(DeviceBook devices, in UsageRecord record, TermsEntry first, int period) =>
        record.Quarantine is null && record.UsagePeriod == period && devices.Terms[record.Terms].First == first;

    private static IEnumerable<DeviceState> DevicesOf(DeviceBook devices, TermsEntry first) =>
        devices.Devices.Where(d => d.Assignments.Any(a => a.Terms == first));

    /// <summary>Events of a period that the devices have counted, whether or not the archive still has them.</summary>
    internal static long Recorded(DeviceBook devices, TermsEntry first, int period) => DevicesOf(devices, first)
        .SelectMany(d => d.Usage).Where(u => u.Period == period && devices.Terms[u.Terms].First == first).Sum(u => (long)u.Events);

    private static List<(DeviceState Device, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]) Usage)> Counted(
        DeviceBook devices, Segment segment, TermsEntry first, int period)
    {
        var counted = new List<(DeviceState, (MeterEntry, Instant, decimal, KeyValuePair<string, string>[]))>();
        foreach (var entry in segment)
        {
            if (!UsageRecordCodec.IsUsage(entry.Bytes.Span))
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            if (IsOf(devices, record, first, period) && !devices.Corrections.Has(record))
            {
                counted.Add((devices.Devices[record.Device], UsageViews.Counted(devices, record)));
            }
        }
        return counted;
    }
}
