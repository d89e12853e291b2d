using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Usage that names an identifier. The identifier's partition says whose it is, or keeps it; the device's partition takes it only for a time
/// for which it knows the identifier to be the device's. See docs/adr/0025.
/// </summary>
internal sealed partial class PartitionGrain
{
    /// <summary>Learns from identifiers which of their times are devices' of this partition.</summary>
    private async Task LearnOwnership(Partition partition, UsageBatch batch)
    {
        if (!Array.Exists(batch.Events, IsOfDevice))
        {
            return;
        }
        var unknown = partition.Do(t => t.State.Tenant(batch.Tenant) is { } tenant
            ? batch.Events
                .Where(e => IsOfDevice(e) && t.State.Devices.Device(tenant, e.Device) is { } device
                    && !DeviceBook.Has(device, e.Identifier!, e.UnixTicks))
                .Select(e => (e.Device, e.Identifier!)).Distinct().ToArray()
            : []);
        foreach (var (device, identifier) in unknown)
        {
            await IdentifierLearning.Learn(partition, GrainFactory, batch.Tenant, device, identifier);
        }

        static bool IsOfDevice(UsageEvent e) => e.Identifier is not null && !DeviceIdentifier.IsKey(e.Device);
    }

    /// <summary>What is sent for an identifier that nobody has told of is kept all the same.</summary>
    private static void IntroduceIdentifier(Partition.Turn turn, TenantCopy tenant, in UsageEvent e)
    {
        if (DeviceIdentifier.IsKey(e.Device) && turn.State.Devices.Meter(tenant, e.Meter) is not null)
        {
            IdentifierGrain.Introduce(turn, tenant.Id, e.Device);
        }
    }

    /// <summary>Events that were kept here and came again when they had an owner: they go to it, and leave the quarantine.</summary>
    private async Task ForwardHeld(Partition partition, UsageBatch batch, UsageResult[] results)
    {
        var held = results.Where(r => r is { Status: UsageStatus.Owned, Position: > 0 }).Select(r => r.Position).Distinct().Order().ToArray();
        if (held.Length == 0)
        {
            return;
        }
        var forwarded = (await Forward(partition, batch.Tenant, await Read(held))).ToDictionary(f => f.Lsn, f => f.Result);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is { Status: UsageStatus.Owned, Position: > 0 } && forwarded.TryGetValue(results[i].Position, out var result))
            {
                results[i] = result;
            }
        }
    }

    private async Task<ReleasedUsage[]> Forward(
        Partition partition, QuarantineReleaseQuery query, List<(long Lsn, UsageRecord Record)> found)
    {
        var wanted = partition.Do(t => found.Where(e => t.State.Devices is var devices
            && devices.Devices[e.Record.Device].IsIdentifier && devices.IsQuarantined(e.Record, e.Lsn)
            && (query.Meter is null || devices.Meters[e.Record.Meter].Definition.Id == query.Meter)
            && (query.Reason is null || e.Record.Quarantine == query.Reason)).ToList());
        if (wanted.Count == 0)
        {
            return [];
        }
        var forwarded = await Forward(partition, query.Tenant, wanted);
        return [.. forwarded.Select(f => f.Result.Status is UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Duplicate
            ? new ReleasedUsage(
                f.Lsn, f.EventId, f.Device, f.Result.Position, f.Result.Status == UsageStatus.Late, null, f.Result.Partition)
            : new ReleasedUsage(f.Lsn, f.EventId, f.Device, 0, false, f.Result.Code))];
    }

    /// <summary>
    /// Sends kept events to the devices that have their identifier now. One that the device's partition has, billed or in its own quarantine,
    /// leaves this one; whatever crashes in between, sending it again is a duplicate there.
    /// </summary>
    private async Task<List<(long Lsn, string EventId, string Device, UsageResult Result)>> Forward(
        Partition partition, string tenant, List<(long Lsn, UsageRecord Record)> kept)
    {
        var events = partition.Do(t => kept.ConvertAll(e => (e.Lsn, Event: Addressed(t.State.Devices, e.Record))));
        var answers = new List<(long Lsn, string EventId, string Device, UsageResult Result)>(
            events.Where(e => DeviceIdentifier.IsKey(e.Event.Device)).Select(e => (
                e.Lsn, e.Event.Id, e.Event.Device, new UsageResult { Status = UsageStatus.Quarantined, Code = UsageReasons.NoOwner })));
        var shares = events.Where(e => !DeviceIdentifier.IsKey(e.Event.Device))
            .GroupBy(e => PartitionMap.Of(EntityKind.Device, tenant, e.Event.Device, host.PartitionCount));
        foreach (var share in shares)
        {
            var sent = share.ToArray();
            var results = (await GrainFactory.GetGrain<IPartitionGrain>(share.Key)
                .Report(new(tenant, Array.ConvertAll(sent, e => e.Event)))).Results;
            answers.AddRange(await partition.DoDurably(t =>
            {
                var arrived = sent.Zip(results, (e, result) => (e.Lsn, e.Event, Told: Leave(t, tenant, e.Event, result))).ToArray();
                NoteReleased(t, tenant, arrived.Where(a => a.Told.Left).Select(a => (a.Event.Identifier!, a.Event.Id)));
                return Array.ConvertAll(arrived, a => (a.Lsn, a.Event.Id, a.Event.Device, a.Told.Result));
            }));
        }
        return answers;
    }

    /// <summary>Notes that an event has left the quarantine, unless the device's partition did not take it.</summary>
    private static (UsageResult Result, bool Left) Leave(Partition.Turn t, string tenant, in UsageEvent e, UsageResult result)
    {
        if (result.Status == UsageStatus.NotOwner)
        {
            // It has another owner by now, or none: the next try finds it.
            return (result with { Status = UsageStatus.Quarantined, Code = UsageReasons.NoOwner }, false);
        }
        var (devices, copy) = (t.State.Devices, EntityGrain.TenantOf(t, tenant));
        var id = EventIdIndex.IdOf(devices.Device(copy, e.Identifier!)!.Index, e.Id);
        var leaves = result.Status is not (UsageStatus.Rejected or UsageStatus.Conflict) && devices.Quarantined.ContainsKey(id);
        if (leaves)
        {
            t.Append(new UsageForwarded(tenant, e.Identifier!, e.Id, e.Device));
        }
        return (result, leaves);
    }

    /// <summary>The event as it was sent, for the device that has the identifier now.</summary>
    private static UsageEvent Addressed(DeviceBook devices, in UsageRecord record)
    {
        var identifier = devices.Devices[record.Device];
        return new()
        {
            Id = record.EventId,
            Device = DeviceBook.OwnerAt(identifier, record.Time)?.Device ?? identifier.Id,
            Identifier = identifier.Id,
            Meter = devices.Meters[record.Meter].Definition.Id,
            UnixTicks = record.Time,
            Value = record.Value,
            Unit = record.Unit,
            Dimensions = record.Dimensions,
            HeldSince = record.ReceivedAt,
        };
    }
}
