using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
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
        if (line is null)
        {
            return [];
        }
        var used = new Dictionary<int, Dictionary<BucketKey, decimal>>();
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(line.MinTicks), EventTicks.Of(line.MaxTicks), CancellationToken.None);
        await foreach (var segment in segments)
        {
            partition.Do(t => AddUsage(t.State.Devices, segment, line, used));
        }
        partition.Do(t => AddCorrected(t.State.Devices, line, used));
        return partition.Do(t => Members(t.State.Devices, line, used).Select(d => Part(d, line, used.GetValueOrDefault(d.Index) ?? []))
            .Where(d => d.Days > 0m || d.Quantity != 0m).ToArray());
    }

    /// <summary>Devices that may bring something, and, where none has to, those that used something.</summary>
    private static IEnumerable<DeviceState> Members(
        DeviceBook devices, LineFilter line, Dictionary<int, Dictionary<BucketKey, decimal>> used) =>
        line.Terms.Members?.Devices ?? used.Keys.Select(index => devices.Devices[index]);

    private static PoolDeviceUsage Part(DeviceState device, LineFilter line, Dictionary<BucketKey, decimal> used)
    {
        var period = line.Terms.Calendar.Period(line.UsagePeriod);
        var quantity = used.Values.Aggregate(0m, ExactMath.Add);
        var days = 0m;
        foreach (var (key, rule) in line.Terms.Plan.Presences.Where(p => p.Key.Charge == line.Charge))
        {
            used[key] = DevicePresence.Of(device, line.Terms, rule, period).Quantity;
            days = Math.Max(days, used[key]);
        }
        return new(device.Id, days, quantity, [.. used.Select(u => new SliceBucket(u.Key.Charge, u.Key.Bucket, u.Value, 0m, 0))]);
    }

    private static void AddUsage(DeviceBook devices, Segment segment, LineFilter line, Dictionary<int, Dictionary<BucketKey, decimal>> used)
    {
        foreach (var entry in segment)
        {
            if (!UsageRecordCodec.IsUsage(entry.Bytes.Span))
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
    private static void AddCorrected(DeviceBook devices, LineFilter line, Dictionary<int, Dictionary<BucketKey, decimal>> used)
    {
        foreach (var corrected in devices.Corrections.Events)
        {
            if (corrected.CurrentRecord is { } record)
            {
                AddUsage(devices, record, line, used);
            }
        }
    }

    private static void AddUsage(
        DeviceBook devices, in UsageRecord record, LineFilter line, Dictionary<int, Dictionary<BucketKey, decimal>> used)
    {
        if (line.IsOfPeriod(record) && UsageViews.Contribution(devices, record, line) is { } contribution)
        {
            var device = used.TryGetValue(record.Device, out var known) ? known : used[record.Device] = [];
            device[contribution.Key] = ExactMath.Add(
                device.GetValueOrDefault(contribution.Key), contribution.Aggregate?.Quantity ?? contribution.Quantity);
        }
    }
}
