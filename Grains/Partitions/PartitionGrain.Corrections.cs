using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Corrections of usage. What they need of the archive is read while usage goes on; a watch keeps what comes in meanwhile, and one
/// turn decides and records all of them.
/// </summary>
internal sealed partial class PartitionGrain
{
    private readonly AsyncGate _correcting = new();

    public Task<CorrectionOutcome[]> CorrectUsage(string tenant, CorrectionItem[] items) =>
        _correcting.Run(() => Correct(tenant, [.. items.Select(i => i with { Correction = CorrectionRules.Normalized(i.Correction) })]));

    public async Task<CorrectionView[]> Corrections(string tenant, string? device, string? usageEvent, long after, int limit)
    {
        var partition = await host.Acquire(Number);
        return await partition.DoDurably(t => t.State.Devices.Corrections.All
            .Where(c => c.Lsn > after && c.Fact.Tenant == tenant && (device is null || c.Fact.Asked.Device == device)
                && (usageEvent is null || c.Fact.Asked.Event == usageEvent))
            .Take(limit)
            .Select(c => CorrectionViews.Of(t.State.Devices, Number, c.Lsn, c.Fact)).ToArray());
    }

    private async Task<CorrectionOutcome[]> Correct(string tenant, CorrectionItem[] items)
    {
        var partition = await host.Acquire(Number);
        host.ThrowIfOverloaded();
        var found = await FindEvents(partition, tenant, items);
        try
        {
            var (watch, wanted) = await ReadForCorrections(partition, tenant, items, found);
            return await PlaceSettled(
                partition, s => s.Devices.HeldBy(wanted), t => Correct(t, partition, tenant, items, found, watch));
        }
        finally
        {
            partition.Amend(state => state.Devices.Watch = null);
        }
    }

    private static CorrectionOutcome[] Correct(
        Partition.Turn turn, Partition partition, string tenantId, CorrectionItem[] items,
        Dictionary<UInt128, (long Lsn, UsageRecord Record)> found, CorrectionWatch watch)
    {
        var (devices, tenant) = (turn.State.Devices, turn.State.Tenant(tenantId));
        watch.CatchUp(devices);
        var gaps = watch.Population?.Places.Where(p => watch.Population.EventsOf(p) != Recorded(devices, p)).ToHashSet() ?? [];
        var results = new CorrectionOutcome[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var asked = items[i].Correction;
            if (CorrectionRules.Early(devices, tenant, partition.Number, asked) is { } answer)
            {
                results[i] = answer;
                continue;
            }
            var id = EventIdIndex.IdOf(devices.Device(tenant!, asked.Device)!.Index, asked.Event);
            ThrowIfMoving(devices, id, found);
            var (fact, refusal) = Current(devices, id, found) is not { } current
                ? (null, CorrectionRules.Refused(CommandOutcome.Conflict, new(
                    "correction.event_not_kept", "The event is not in the archive any more, or has just left the quarantine; try once more.", "/event")))
                : items[i].OnlyQuarantined && current.Record.Quarantine is null
                ? (null, CorrectionRules.Refused(CommandOutcome.Conflict, new(
                    "correction.not_quarantined", "The event has left the quarantine and is billed.", "/event")))
                : Gap(devices, asked, current.Record, gaps, watch, tenant!.Now(partition.Time))
                    ?? CorrectionRules.Decide(
                        devices, tenant!, asked, current.Lsn, current.Record, watch, tenant!.Now(partition.Time));
            if (fact is null)
            {
                results[i] = refusal!;
                continue;
            }
            var position = turn.NextLsn;
            turn.Append(fact);
            results[i] = new(CommandOutcome.Created, null, CorrectionViews.Of(devices, partition.Number, position, fact));
        }
        return results;
    }

    /// <exception cref="PartitionUnavailableException">A change of plan that may move the event is under way.</exception>
    private static void ThrowIfMoving(DeviceBook devices, UInt128 id, Dictionary<UInt128, (long Lsn, UsageRecord Record)> found)
    {
        if (Current(devices, id, found) is { Record: { Quarantine: null } record }
            && devices.Terms[record.Terms].Timeline?.Hold is { } hold && record.Time >= hold.FromTicks)
        {
            throw new PartitionUnavailableException("A change of the subscription is being decided; send the same request again.");
        }
    }

    /// <summary>The event as it is now, under the plan that rates it; null when that is not known.</summary>
    private static (long Lsn, UsageRecord Record)? Current(
        DeviceBook devices, UInt128 id, Dictionary<UInt128, (long Lsn, UsageRecord Record)> found)
    {
        if (devices.Corrections.Find(id) is { } corrected)
        {
            return (corrected.Corrections[0].Fact.EventPosition, devices.Rated(corrected.CurrentRecord!.Value));
        }
        return found.TryGetValue(id, out var known)
            && (known.Record.Quarantine is null ? !devices.Quarantined.ContainsKey(id) : devices.IsQuarantined(known.Record, known.Lsn))
            ? (known.Lsn, devices.Rated(known.Record))
            : null;
    }

    /// <summary>Refuses what needs usage of a period that the archive does not have whole.</summary>
    private static (UsageCorrected?, CorrectionOutcome?)? Gap(
        DeviceBook devices, UsageCorrection asked, in UsageRecord before, HashSet<(int, int)> gaps, CorrectionWatch watch, Instant now)
    {
        if (devices.Meters[before.Meter].Kind == AggregationKind.Sum)
        {
            return null;
        }
        foreach (var place in PlacesOf(devices, asked, before, now))
        {
            if (watch.Population?.Places.Contains(place) != true)
            {
                throw new PartitionUnavailableException("The device was moved to another subscription meanwhile; send the same request again.");
            }
            if (gaps.Contains(place))
            {
                return (null, CorrectionRules.Refused(CommandOutcome.Conflict, new(
                    "correction.archive_incomplete",
                    "What is left of the period cannot be counted: the archive has not all of its raw events any more (13 months).", "/event")));
            }
        }
        return null;
    }

    /// <summary>Usage periods whose usage has to be merged anew.</summary>
    private static IEnumerable<(int Terms, int UsagePeriod)> PlacesOf(
        DeviceBook devices, UsageCorrection asked, UsageRecord before, Instant now)
    {
        if (before.Quarantine is null)
        {
            yield return (before.Terms, before.UsagePeriod);
        }
        if (asked.Action == CorrectionActions.Amend)
        {
            var after = CorrectionRules.Amended(devices, asked, before, now, out var error);
            if (error is null && devices.Locate(ref after) is null)
            {
                yield return (after.Terms, after.UsagePeriod);
            }
        }
    }

    private static long Recorded(DeviceBook devices, (int Terms, int UsagePeriod) place) => devices.Devices
        .SelectMany(d => d.Usage).Where(u => (u.Terms, u.Period) == place).Sum(u => (long)u.Events);
}
