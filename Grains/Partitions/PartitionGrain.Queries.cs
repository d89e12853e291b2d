using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Questions that are answered from the archive of segments.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<RecordedUsage[]> Quarantine(string tenant, string? device, long after, int limit)
    {
        var partition = await host.Acquire(Number);
        var wanted = await partition.DoDurably(t =>
        {
            var copy = t.State.Tenant(tenant);
            var devices = t.State.Devices;
            return devices.Quarantined.Values
                .Where(q => q.Lsn > after && devices.Devices[q.Device].Tenant == copy
                    && (device is null || devices.Devices[q.Device].Id == device))
                .Select(q => q.Lsn).Order().Take(limit).ToArray();
        });
        var found = new List<RecordedUsage>();
        foreach (var lsn in wanted)
        {
            if (await Read(lsn) is { } record)
            {
                found.Add(partition.Do(t => UsageViews.Quarantined(t.State.Devices, Number, lsn, record)));
            }
        }
        return [.. found];
    }

    public async Task<RecordedUsage[]> LineEvents(LineEventsQuery query)
    {
        var partition = await host.Acquire(Number);
        var line = await partition.DoDurably(t => LineFilter.Of(t.State, query));
        if (line is null)
        {
            return [];
        }
        var found = new List<RecordedUsage>();
        var segments = host.Store.ReadByTimeAsync(
            Number, EventTicks.Of(line.MinTicks), EventTicks.Of(line.MaxTicks), CancellationToken.None);
        await foreach (var segment in segments)
        {
            if (segment.Header.FirstLsn + segment.Header.RecordCount <= query.After)
            {
                continue;
            }
            partition.Do(t => Collect(t.State, segment, line, query, found));
            if (found.Count >= query.Limit)
            {
                break;
            }
        }
        return [.. found];
    }

    private void Collect(
        PartitionState state, Segment segment, LineFilter line, LineEventsQuery query, List<RecordedUsage> found)
    {
        foreach (var entry in segment)
        {
            var bytes = entry.Bytes.Span;
            if (found.Count >= query.Limit || entry.Lsn <= query.After || bytes[0] != (byte)RecordType.Usage)
            {
                continue;
            }
            var record = UsageRecordCodec.Read(bytes);
            if (line.Wants(record) && UsageViews.Billed(state.Devices, Number, entry.Lsn, record, line) is { } view)
            {
                found.Add(view);
            }
        }
    }

    private async Task<UsageRecord?> Read(long lsn)
    {
        await foreach (var segment in host.Store.ReadAsync(Number, lsn, CancellationToken.None))
        {
            foreach (var record in segment)
            {
                if (record.Lsn == lsn)
                {
                    return UsageRecordCodec.Read(record.Bytes.Span);
                }
            }
            break;
        }
        return null;
    }
}
