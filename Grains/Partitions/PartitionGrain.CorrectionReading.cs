using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>What corrections need of the archive.</summary>
internal sealed partial class PartitionGrain
{
    /// <summary>Records of the events, by the hash of their identity: at the position or time that the caller said, else anywhere.</summary>
    private async Task<Dictionary<UInt128, (long Lsn, UsageRecord Record)>> FindEvents(
        Partition partition, string tenant, CorrectionItem[] items)
    {
        var found = new Dictionary<UInt128, (long Lsn, UsageRecord Record)>();
        var wanted = await partition.DoDurably(t => Wanted(t.State, tenant, items));
        foreach (var (lsn, record) in await Read([.. wanted.Values.Select(w => w.Lsn).OfType<long>().Distinct().Order()]))
        {
            Take(wanted, found, lsn, record);
        }
        foreach (var time in wanted.Where(w => !found.ContainsKey(w.Key)).Select(w => w.Value.Ticks).OfType<long>().Distinct().ToArray())
        {
            var (from, to) = (EventTicks.Of(time), EventTicks.Of(time));
            await Search(host.Store.ReadByTimeAsync(Number, from, to, CancellationToken.None), wanted, found);
        }
        if (wanted.Keys.Any(id => !found.ContainsKey(id)))
        {
            var first = (await host.Store.ReadPositionAsync(Number, CancellationToken.None)).FirstLsn;
            await Search(host.Store.ReadAsync(Number, Math.Max(1, first), CancellationToken.None), wanted, found);
        }
        return found;
    }

    /// <summary>Events that were never corrected, and where they may be.</summary>
    private static Dictionary<UInt128, (int Device, long? Lsn, long? Ticks)> Wanted(PartitionState state, string tenant, CorrectionItem[] items)
    {
        var wanted = new Dictionary<UInt128, (int, long?, long?)>();
        foreach (var (asked, position, time, _) in items)
        {
            if (state.Tenant(tenant) is { } copy && state.Devices.Device(copy, asked.Device) is { } device
                && EventIdIndex.IdOf(device.Index, asked.Event) is var id
                && state.Devices.EventIds.TryGet(id, out _) && state.Devices.Corrections.Find(id) is null)
            {
                wanted[id] = state.Devices.Quarantined.TryGetValue(id, out var kept)
                    ? (device.Index, kept.Lsn, null)
                    : (device.Index, position, time?.ToUnixTimeTicks());
            }
        }
        return wanted;
    }

    private static async Task Search(
        IAsyncEnumerable<Segment> segments, Dictionary<UInt128, (int Device, long? Lsn, long? Ticks)> wanted,
        Dictionary<UInt128, (long Lsn, UsageRecord Record)> found)
    {
        var devices = wanted.Values.Select(w => w.Device).ToHashSet();
        await foreach (var segment in segments)
        {
            foreach (var entry in segment)
            {
                var bytes = entry.Bytes.Span;
                if (UsageRecordCodec.IsUsage(bytes) && devices.Contains(UsageRecordCodec.PeekDevice(bytes)))
                {
                    Take(wanted, found, entry.Lsn, UsageRecordCodec.Read(bytes));
                }
            }
        }
    }

    /// <summary>An event that left the quarantine has two records: the one that bills it counts.</summary>
    private static void Take(
        Dictionary<UInt128, (int Device, long? Lsn, long? Ticks)> wanted, Dictionary<UInt128, (long Lsn, UsageRecord Record)> found,
        long lsn, in UsageRecord record)
    {
        var id = EventIdIndex.IdOf(record.Device, record.EventId);
        if (wanted.TryGetValue(id, out var place) && (record.Quarantine is null || place.Lsn == lsn))
        {
            found[id] = (lsn, record);
        }
    }

    /// <summary>Starts to watch, then reads the periods and readings that corrections depend on, up to where the watch began.</summary>
    /// <returns>With the versions that may depend on a change of plan.</returns>
    private async Task<(CorrectionWatch Watch, UsageRecord[] Wanted)> ReadForCorrections(
        Partition partition, string tenant, CorrectionItem[] items, Dictionary<UInt128, (long Lsn, UsageRecord Record)> found)
    {
        var (watch, wanted, ranges, upTo) = await partition.DoDurably(t => BeginWatch(t, partition, tenant, items, found));
        foreach (var (from, to) in ranges)
        {
            var segments = host.Store.ReadByTimeAsync(Number, EventTicks.Of(from), EventTicks.Of(to), CancellationToken.None);
            await foreach (var segment in segments)
            {
                // Only a segment at a time is read under the partition's lock: usage goes on.
                partition.Do(t => Watch(t.State.Devices, segment, watch, upTo));
            }
        }
        return (watch, wanted);
    }

    private static (CorrectionWatch Watch, UsageRecord[] Wanted, (long From, long To)[] Ranges, long UpTo) BeginWatch(
        Partition.Turn turn, Partition partition, string tenantId, CorrectionItem[] items,
        Dictionary<UInt128, (long Lsn, UsageRecord Record)> found)
    {
        var devices = turn.State.Devices;
        var (places, registers) = (new HashSet<(int Terms, int UsagePeriod)>(), new HashSet<(int, int)>());
        var (ranges, wanted) = (new HashSet<(long, long)>(), new List<UsageRecord>());
        foreach (var asked in items.Select(i => i.Correction))
        {
            if (turn.State.Tenant(tenantId) is not { } tenant || devices.Device(tenant, asked.Device) is not { } device
                || CorrectionRules.Early(devices, tenant, partition.Number, asked) is not null
                || Current(devices, EventIdIndex.IdOf(device.Index, asked.Event), found) is not { Record: var before })
            {
                continue;
            }
            var after = CorrectionRules.Amended(devices, asked, before, tenant.Now(partition.Time), out _);
            wanted.AddRange(before, after);
            if (devices.Meters[before.Meter] is { Cumulative: true } or { Lasts: true })
            {
                registers.Add((before.Device, before.Meter));
                ranges.UnionWith([(before.Time, before.Time), (after.Time, after.Time)]);
            }
            else if (devices.Meters[before.Meter].Kind != AggregationKind.Sum)
            {
                places.UnionWith(PlacesOf(devices, asked, before, tenant.Now(partition.Time)));
            }
        }
        foreach (var (terms, period) in places)
        {
            var extent = devices.Terms[terms].Calendar.Period(period);
            ranges.Add((extent.Start.ToUnixTimeTicks(), extent.End.ToUnixTimeTicks() - 1));
        }
        var watch = new CorrectionWatch(places.Count == 0 ? null : new(places), registers);
        foreach (var corrected in devices.Corrections.Events)
        {
            if (corrected.CurrentRecord is { } record)
            {
                watch.Read(devices, devices.Rated(record));
            }
        }
        devices.Watch = watch;
        return (watch, [.. wanted], [.. ranges], turn.NextLsn - 1);
    }

    private static void Watch(DeviceBook devices, Segment segment, CorrectionWatch watch, long upTo)
    {
        foreach (var entry in segment)
        {
            if (!UsageRecordCodec.IsUsage(entry.Bytes.Span) || entry.Lsn > upTo)
            {
                continue;
            }
            var record = UsageRecordCodec.Read(entry.Bytes.Span);
            if (record.Quarantine is null && !devices.Corrections.Has(record))
            {
                watch.Read(devices, devices.Rated(record));
            }
        }
    }
}
