using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Usage in quarantine: looked through and let go.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<RecordedUsage[]> Quarantine(string tenant, string? device, long after, int limit)
    {
        var partition = await host.Acquire(Number);
        var found = await ReadQuarantine(partition, tenant, device, after, limit);
        return partition.Do(t => found.Select(e => UsageViews.Quarantined(t.State.Devices, Number, e.Lsn, e.Record)).ToArray());
    }

    public async Task<int> QuarantineCount(string tenant, string? device, long after)
    {
        var partition = await host.Acquire(Number);
        return partition.Do(t => Wanted(t.State, tenant, device, after).Count());
    }

    public async Task<QuarantineRelease> ReleaseQuarantine(QuarantineReleaseQuery query)
    {
        var partition = await host.Acquire(Number);
        host.ThrowIfOverloaded();
        var found = await ReadQuarantine(partition, query.Tenant, query.Device, query.After, query.Limit);
        var forwarded = await Forward(partition, query, found);
        var results = await PlaceSettled(
            partition, s => s.Devices.HeldBy(found.Select(e => e.Record)), t => Release(t, query, found));
        return new(found.Count, found.Count > 0 ? found[^1].Lsn : 0, [.. forwarded.Concat(results).OrderBy(r => r.QuarantinedAt)]);
    }

    private static ReleasedUsage[] Release(
        Partition.Turn turn, QuarantineReleaseQuery query, List<(long Lsn, UsageRecord Record)> found)
    {
        var devices = turn.State.Devices;
        var results = new List<ReleasedUsage>(found.Count);
        turn.BeginChange();
        foreach (var (lsn, quarantined) in found)
        {
            // It may have been sent again, or let go by another call, since it was read.
            if (devices.Devices[quarantined.Device].IsIdentifier || !devices.IsQuarantined(quarantined, lsn)
                || (query.Meter is { } meter && devices.Meters[quarantined.Meter].Definition.Id != meter)
                || (query.Reason is { } reason && quarantined.Quarantine != reason))
            {
                continue;
            }
            var record = quarantined;
            var stays = devices.Release(query.IncludeTooOld, ref record);
            var position = stays is null ? turn.Append(record) : 0;
            results.Add(new(lsn, record.EventId, devices.Devices[record.Device].Id, position, record.Late, stays));
        }
        NoteReleased(turn, query.Tenant, results.Where(r => r.Reason is null).Select(r => (r.Device, r.Id)));
        return [.. results];
    }

    /// <param name="events">By the device, or identifier, that had them in quarantine.</param>
    private static void NoteReleased(Partition.Turn turn, string tenant, IEnumerable<(string Device, string Event)> events)
    {
        foreach (var device in events.GroupBy(e => e.Device, e => e.Event, StringComparer.Ordinal))
        {
            turn.Note(AuditSubjects.Released(tenant, device.Key, [.. device]));
        }
    }

    private async Task<List<(long Lsn, UsageRecord Record)>> ReadQuarantine(
        Partition partition, string tenant, string? device, long after, int limit)
    {
        return await Read(await partition.DoDurably(t => Wanted(t.State, tenant, device, after).Order().Take(limit).ToArray()));
    }

    private static IEnumerable<long> Wanted(PartitionState state, string tenant, string? device, long after)
    {
        var (copy, devices) = (state.Tenant(tenant), state.Devices);
        return devices.Quarantined.Values
            .Where(q => q.Lsn > after && devices.Devices[q.Device].Tenant == copy
                && (device is null || devices.Devices[q.Device].Id == device))
            .Select(q => q.Lsn);
    }
}
