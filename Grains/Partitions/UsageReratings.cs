using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Reads the usage that a back-dated change moves from the archive. The usage is held meanwhile, so what is read stays all there is
/// until the change is learnt.
/// </summary>
internal static class UsageReratings
{
    /// <summary>What to log with a timeline; null when the partition knows it already, or it moves no usage here.</summary>
    /// <exception cref="PartitionUnavailableException">The archive has not all events that were counted.</exception>
    public static async Task<UsageRerated?> Of(
        Partition partition, IPartitionStore store, string tenant, string subscription, SubscriptionTimeline timeline)
    {
        var (first, segment) = await partition.DoDurably(t =>
            t.State.Tenant(tenant) is { } copy && t.State.Devices.TermsOf(copy, subscription) is { } terms
                && NewBackdated(terms, timeline.Timeline) is { } found
                ? (terms.First, found)
                : default((TermsEntry?, PlanSegment?)));
        if (first is null)
        {
            return null;
        }
        var period = first.Calendar.PeriodAt(segment!.From);
        var rerating = new UsageRerating(first, period.Index, partition.Do(t => PlanOf(t.State, first.Tenant, segment, timeline)));
        var segments = store.ReadByTimeAsync(
            partition.Number, EventTicks.Of(period.Start.ToUnixTimeTicks()), EventTicks.Of(period.End.ToUnixTimeTicks() - 1),
            CancellationToken.None);
        await foreach (var logged in segments)
        {
            partition.Do(t => Add(t.State.Devices, logged, first, period.Index, rerating));
        }
        partition.Do(t => AddCorrected(t.State.Devices, first, period.Index, rerating));
        var counted = partition.Do(t => PartitionGrain.Recorded(t.State.Devices, first, period.Index));
        return rerating.Events == counted
            ? rerating.Events == 0 ? null : rerating.Fact(segment.Number)
            : throw new PartitionUnavailableException(
                $"The archive has {rerating.Events} of {counted} events that a back-dated change of '{subscription}' moves.");
    }

    private static PlanSegment? NewBackdated(TermsEntry terms, PlanTimeline told) =>
        Array.FindLast(told.Segments, s => s.Backdated) is { } newest && terms.First.Timeline is { } known
        && known.Told.Revision < told.Revision && !known.Entries.Exists(e => e.Number == newest.Number)
            ? newest
            : null;

    private static PlanEntry PlanOf(PartitionState state, TenantCopy tenant, PlanSegment segment, SubscriptionTimeline told)
    {
        if (state.Plans.Find(tenant, segment.Plan, segment.PlanVersion, segment.Variant) is { } known)
        {
            return known;
        }
        var (phase, agreed) = PlanVariant.Parse(segment.Variant);
        var terms = Array.Find(told.Plans, p =>
            (p.Plan.Id, p.Plan.Version, p.Plan.Overrides?.Key) == (segment.Plan, segment.PlanVersion, agreed))!;
        return new(tenant, terms.Plan, terms.Meters, phase);
    }

    private static bool Add(DeviceBook devices, Segment logged, TermsEntry first, int period, UsageRerating rerating)
    {
        foreach (var entry in logged)
        {
            if (!UsageRecordCodec.IsUsage(entry.Bytes.Span))
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            if (!devices.Corrections.Has(record))
            {
                Add(devices, record, first, period, rerating);
            }
        }
        return true;
    }

    /// <summary>Events that were corrected count as they are now.</summary>
    private static bool AddCorrected(DeviceBook devices, TermsEntry first, int period, UsageRerating rerating)
    {
        foreach (var record in devices.Corrections.Events.Select(e => e.CurrentRecord).OfType<UsageRecord>())
        {
            Add(devices, record, first, period, rerating);
        }
        return true;
    }

    private static void Add(DeviceBook devices, in UsageRecord record, TermsEntry first, int period, UsageRerating rerating)
    {
        if (record.Quarantine is not null || record.UsagePeriod != period || devices.Terms[record.Terms].First != first)
        {
            return;
        }
        if (DeviceBook.IsFree(devices.Devices[record.Device], record.Time))
        {
            rerating.AddFree();
            return;
        }
        var (meter, time, quantity, dimensions) = UsageViews.Counted(devices, record);
        rerating.Add(record.Device, record.BilledPeriod, meter.Definition.Id, time, quantity, dimensions);
    }
}
