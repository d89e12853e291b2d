using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Who brings what to a pool, and who used how much of it: from the archive, as the charge counts each event.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<PoolDeviceUsage[]> PoolUsage(PoolUsageQuery query)
    {
        var partition = await host.Acquire(Number);
        var line = await partition.DoDurably(t => LineFilter.Of(
            t.State, new(query.Tenant, query.Subscription, query.Charge, query.UsagePeriod, query.UsagePeriod, 0, 0, query.PlanAt)));
        if (line?.Terms.Members is not { } members)
        {
            return [];
        }
        var used = new Dictionary<int, decimal>();
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(line.MinTicks), EventTicks.Of(line.MaxTicks), CancellationToken.None);
        await foreach (var segment in segments)
        {
            partition.Do(t => AddUsage(t.State.Devices, segment, line, used));
        }
        partition.Do(t => AddCorrected(t.State.Devices, line, used));
        var (key, rule) = line.Terms.Plan.Presences.Single(p => p.Key.Charge == line.Charge);
        var period = line.Terms.Calendar.Period(query.UsagePeriod);
        return partition.Do(_ => members.Devices
            .Select(d => new PoolDeviceUsage(
                d.Id, DevicePresence.Of(d, line.Terms, rule, period).Quantity, used.GetValueOrDefault(d.Index)))
            .Where(d => d.Days > 0m || d.Quantity != 0m).ToArray());
    }

    private static void AddUsage(DeviceBook devices, Segment segment, LineFilter line, Dictionary<int, decimal> used)
    {
        foreach (var entry in segment)
        {
            if (entry.Bytes.Span[0] != (byte)RecordType.Usage)
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            if (!devices.Corrections.Has(record))
            {
                AddUsage(devices, record, line, used);
            }
        }
    }

    /// <summary>Events that were corrected count as they are now.</summary>
    private static void AddCorrected(DeviceBook devices, LineFilter line, Dictionary<int, decimal> used)
    {
        foreach (var corrected in devices.Corrections.Events)
        {
            if (corrected.CurrentRecord is { } record)
            {
                AddUsage(devices, record, line, used);
            }
        }
    }

    private static void AddUsage(DeviceBook devices, in UsageRecord record, LineFilter line, Dictionary<int, decimal> used)
    {
        if (line.IsOfPeriod(record) && UsageViews.Contribution(devices, record, line) is { } contribution)
        {
            used[record.Device] = ExactMath.Add(used.GetValueOrDefault(record.Device), contribution.Quantity);
        }
    }
}
