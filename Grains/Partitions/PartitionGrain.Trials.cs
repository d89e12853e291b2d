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
        var (first, period) = await partition.DoDurably(t =>
            t.State.Tenant(query.Tenant) is { } tenant && t.State.Devices.TermsOf(tenant, query.Subscription) is { } terms
                ? (terms.First, terms.Calendar.Period(query.UsagePeriod))
                : default((TermsEntry?, BillingPeriod)));
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
            events += partition.Do(t => Try(t.State.Devices, segment, first, period.Index, trials));
        }
        return partition.Do(t =>
        {
            var recorded = 0L;
            foreach (var device in t.State.Devices.Devices.Where(d => d.Assignments.Any(a => a.Terms == first)))
            {
                recorded += device.Usage
                    .Where(u => u.Period == period.Index && t.State.Devices.Terms[u.Terms].First == first).Sum(u => (long)u.Events);
                Array.ForEach(trials, trial => trial.Add(device));
            }
            return new TrialUsage(
                recorded, events, Array.ConvertAll(trials, trial => trial.ToSlice(query.Subscription)),
                Array.ConvertAll(trials, trial => trial.Unrated));
        });
    }

    private static long Try(DeviceBook devices, Segment segment, TermsEntry first, int period, PlanTrial[] trials)
    {
        var events = 0L;
        foreach (var entry in segment)
        {
            if (entry.Bytes.Span[0] != (byte)RecordType.Usage)
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            if (record.Quarantine is not null || record.UsagePeriod != period || devices.Terms[record.Terms].First != first)
            {
                continue;
            }
            events++;
            var (meter, time, quantity, dimensions) = UsageViews.Counted(devices, record);
            foreach (var trial in trials)
            {
                trial.Add(record.Device, meter.Definition.Id, time, quantity, dimensions);
            }
        }
        return events;
    }
}
