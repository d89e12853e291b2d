using NodaTime;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>The usage path: decide what an event is, and apply what was decided.</summary>
internal sealed partial class DeviceBook
{
    /// <summary>How far ahead of the tenant's clock an event may be.</summary>
    public static readonly Duration FutureLimit = Duration.FromMinutes(5);

    /// <summary>Of an event that is further ahead.</summary>
    public const string FutureCode = "usage.future";

    private static readonly KeyValuePair<string, string>[] NoDimensions = [];
    private readonly List<Contribution> _contributions = [];
    private UsageChange _change = new();
    private UsageChange _spareChange = new();
    private bool _isReplaying;

    /// <summary>
    /// Decides an event and applies it in memory at once. The caller appends the record in the same turn, before
    /// anything else
    /// happens to the partition; <paramref name="record"/> is meaningless unless the answer is durable and new.
    /// </summary>
    /// <returns>The answer without its position; <see cref="UsageStatus.Accepted"/>, Late and Quarantined carry a
    /// record.</returns>
    public UsageResult Decide(TenantCopy tenant, in UsageEvent e, Instant now, long lsn, ref UsageRecord record)
    {
        if (Device(tenant, e.Device) is not { } device)
        {
            return Refuse("device.unknown", "No such device is registered; register it, then send the event again.");
        }
        if (Meter(tenant, e.Meter) is not { } meter)
        {
            return Refuse("meter.unknown", "No such meter is declared; declare it, then send the event again.");
        }
        if (UsageChecks.Refusal(e, meter, out var quantity) is { } refusal)
        {
            return refusal;
        }
        var identifier = 0;
        if (e.Identifier is { } named && !device.IsIdentifier && (identifier = PlaceOf(device, named, e.UnixTicks)) == 0)
        {
            return new() { Status = UsageStatus.NotOwner };
        }
        var id = EventIdIndex.IdOf(device.Index, e.Id);
        var content = EventIdIndex.ContentOf(meter.Index, e);
        var again = EventIds.TryGet(id, out var known);
        if (device.IsIdentifier && Resolve(device, id, e.UnixTicks, again && known != content) is { } owned)
        {
            return owned;
        }
        if (again && known != content)
        {
            return new()
            {
                Status = UsageStatus.Conflict,
                Code = "usage.conflict",
                Message = "This event id came before with other content; the first one counts. Send a new id.",
            };
        }
        if (again && !Quarantined.ContainsKey(id))
        {
            return new() { Status = UsageStatus.Duplicate };
        }
        var nowTicks = now.ToUnixTimeTicks();
        if (e.UnixTicks > nowTicks + FutureLimit.BclCompatibleTicks)
        {
            return Refuse(FutureCode, $"The event is more than 5 minutes ahead of the clock, which shows {now}.");
        }
        record = new()
        {
            Device = device.Index,
            Meter = meter.Index,
            EventId = e.Id,
            Time = e.UnixTicks,
            ReceivedAt = nowTicks,
            Value = e.Value,
            Unit = e.Unit == meter.Definition.Unit ? null : e.Unit,
            Dimensions = e.Dimensions,
            Identifier = identifier,
        };
        _change.Clear();
        Measured measured = default;
        // What waited for its owner was in time when it came.
        record.Quarantine = !device.IsIdentifier && e.UnixTicks < (e.HeldSince > 0 ? e.HeldSince : nowTicks) - tenant.WindowTicks
            ? UsageReasons.TooOld
            : meter.TryMeasure(quantity, e.Dimensions, out measured, out var fault) ? Place(device, meter, measured, ref record)
            : fault.Code;
        if (record.Quarantine is { } reason)
        {
            if (again)
            {
                return new() { Status = UsageStatus.Duplicate, Code = reason, Message = Explain(record) };
            }
            EventIds.Add(id, content);
            Quarantined.Add(id, (lsn, device.Index));
            Named(device, record);
            return new() { Status = UsageStatus.Quarantined, Code = reason, Message = Explain(record) };
        }
        // Sent again after its reason was mended, an event leaves the quarantine and counts now.
        Quarantined.Remove(id);
        EventIds.Add(id, content);
        Commit(device, meter);
        device.Saw(record.Time);
        Named(device, record);
        Watch?.Saw(record);
        return new()
        {
            Status = record.Late ? UsageStatus.Late : UsageStatus.Accepted,
            Code = record.Late ? "usage.late" : null,
            Message = record.Late ? "Its billing period is sealed; it is billed as late usage on the next invoice." : null,
            Charge = _terms[record.Terms].Timeline?.IsFree(record.Time) == true ? 0m : _change.Charge(),
            Currency = _terms[record.Terms].Plan.Definition.Currency,
            Warning = measured.Folded is { } folded ? UsageReasons.Folded(folded) : null,
        };
    }

    /// <summary>Applies a record of the log again. Only reads what the record and earlier ones say.</summary>
    public void Replay(in UsageRecord record, long lsn)
    {
        var device = _devices[record.Device];
        var meter = _meters[record.Meter];
        var id = EventIdIndex.IdOf(device.Index, record.EventId);
        EventIds.Add(id, EventIdIndex.ContentOf(meter.Index, record.Time, record.Value, record.Unit, record.Dimensions));
        Named(device, record);
        if (record.Quarantine is not null)
        {
            Quarantined.Add(id, (lsn, device.Index));
            return;
        }
        Quarantined.Remove(id);
        _change.Clear();
        var again = record;
        _isReplaying = true;
        var reason = Place(device, meter, meter.Measure(record.Value, record.Unit, record.Dimensions), ref again);
        _isReplaying = false;
        if (reason is not null || again.Terms != record.Terms
            || again.UsagePeriod != record.UsagePeriod || again.BilledPeriod != record.BilledPeriod)
        {
            throw new InvalidDataException(
                $"Usage record {lsn} of device '{device.Id}' replays as "
                + $"{reason ?? $"{again.UsagePeriod}/{again.BilledPeriod} of terms {again.Terms}"}, "
                + $"it was {record.UsagePeriod}/{record.BilledPeriod} of terms {record.Terms}.");
        }
        Commit(device, meter);
        device.Saw(record.Time);
    }

    /// <summary>Finds where usage belongs and what it changes; the reason when it belongs nowhere.</summary>
    private string? Place(DeviceState device, MeterEntry meter, in Measured measured, ref UsageRecord record)
    {
        if (Locate(device, ref record) is { } nowhere)
        {
            return nowhere;
        }
        return device.Stays.Count > 0 && device.StateAt(record.Time).Activates()
            ? PlaceBeforeActive(device, meter, measured, record)
            : PlaceActive(device, meter, measured, record);
    }

    /// <summary>Finds what usage changes that <see cref="Locate(DeviceState, ref UsageRecord)"/> has found a place for.</summary>
    private string? PlaceActive(DeviceState device, MeterEntry meter, in Measured measured, in UsageRecord record)
    {
        var (quantity, dimensions, _) = measured;
        var time = Instant.FromUnixTimeTicks(record.Time);
        var slice = _terms[record.Terms].Slice(record.UsagePeriod, record.BilledPeriod);
        if (meter.Lasts)
        {
            // The record is an event of its instant; how much is used is a matter of the level or the session.
            return Arrive(device, slice, meter, time, dimensions)
                ?? PlaceLasting(device, meter, slice.Terms, time, quantity, dimensions)
                ?? (_change.StaysExact(_isReplaying) ? null : RatingReasons.Inexact);
        }
        if (!meter.Cumulative)
        {
            return Contribute(device, slice, meter, time, quantity, dimensions, sign: 1, events: 1)
                ?? (_change.StaysExact(_isReplaying) ? null : RatingReasons.Inexact);
        }
        // A probe first: a register must not move for a reading that has no price.
        if (Contribute(device, slice, meter, time, 0m, NoDimensions, sign: 1, events: 1) is { } unratable)
        {
            return unratable;
        }
        _change.Clear();
        return PlaceReading(device, meter, time, quantity);
    }

    /// <summary>Finds the subscription and periods that usage belongs to; the reason when it belongs nowhere.</summary>
    private static string? Locate(DeviceState device, ref UsageRecord record)
    {
        if (device.AssignedAt(record.Time)?.At(record.Time) is not { } terms)
        {
            return device.IsIdentifier ? UsageReasons.NoOwner : UsageReasons.Unassigned;
        }
        if (!terms.Plan.Definition.TakesUsage(device.StateAt(record.Time)))
        {
            return UsageReasons.Suspended;
        }
        if (record.Time < terms.StartTicks || record.Time >= terms.EndTicks)
        {
            return UsageReasons.SubscriptionInactive;
        }
        if (terms.Timeline?.KeepsBack(record.Time) == true)
        {
            return UsageReasons.Paused;
        }
        record.Terms = terms.Index;
        record.BilledPeriod = terms.BilledPeriod(record.Time, out record.UsagePeriod);
        return null;
    }

    /// <summary>
    /// A register's reading: what counts is its difference to the reading before, whenever that came.
    /// </summary>
    private string? PlaceReading(DeviceState device, MeterEntry meter, Instant time, decimal value)
    {
        var register = device.Register(meter);
        var inserted = register.Insert(time, value);
        if (!inserted.Accepted)
        {
            return UsageReasons.Of(inserted.Outcome);
        }
        var reason = inserted.Changes.Count == 0 ? PlaceConsumption(device, meter, new(time, null, 0m), events: 1) : null;
        foreach (var change in inserted.Changes)
        {
            reason ??= PlaceConsumption(device, meter, change, events: change.Time == time ? 1 : 0);
        }
        if (reason is null && _change.StaysExact(_isReplaying))
        {
            return null;
        }
        device.RestoreRegister(
            meter.Index,
            new(meter.Definition.Cumulative!, register.Readings.Where(r => r.Time != time), register.Pruned));
        return reason ?? RatingReasons.Inexact;
    }

    /// <summary>
    /// Consumption between two readings belongs to the later one's instant, its subscription and its period. Dimensions
    /// take no
    /// part: a later reading may change which event a difference belongs to.
    /// </summary>
    /// <returns>The reason why it cannot be rated; null when it can, or when the device is nobody's then.</returns>
    private string? PlaceConsumption(DeviceState device, MeterEntry meter, in RegisterChange change, int events)
    {
        var ticks = change.Time.ToUnixTimeTicks();
        if (device.AssignedAt(ticks)?.At(ticks) is not { } terms)
        {
            return null;
        }
        var billed = terms.BilledPeriod(ticks, out var usage);
        var slice = terms.Slice(usage, billed);
        var reason = change.OldDelta is { } old
            ? Contribute(device, slice, meter, change.Time, old, NoDimensions, sign: -1, events: 0)
            : null;
        return reason ?? Contribute(device, slice, meter, change.Time, change.NewDelta, NoDimensions, sign: 1, events);
    }

    /// <summary>Why a declared reset cannot be: some consumption that it changes has no price. Null when it can.</summary>
    public string? WhyNotReset(DeviceState device, MeterEntry meter, IEnumerable<RegisterChange> changes)
    {
        _change.Clear();
        var reason = changes.Select(change => PlaceConsumption(device, meter, change, events: 0)).FirstOrDefault(why => why is not null)
            ?? (_change.StaysExact(isReplay: false) ? null : RatingReasons.Inexact);
        _change.Clear();
        return reason;
    }

    private string? Contribute(
        DeviceState device, SliceTotals slice, MeterEntry meter, Instant time, decimal quantity,
        KeyValuePair<string, string>[]? dimensions, int sign, int events)
    {
        _contributions.Clear();
        var terms = slice.Terms;
        var reason = terms.Plan.Contribute(
            meter.Definition.Id, time, quantity, dimensions ?? NoDimensions, terms.Zone, _contributions);
        if (reason is not null)
        {
            return reason;
        }
        if (meter.Kind != AggregationKind.Sum)
        {
            reason = PlaceMerged(device, slice, meter, time, quantity, dimensions);
        }
        else
        {
            _change.Quantities.Add(new(slice, sign * quantity, events));
        }
        foreach (var c in _contributions)
        {
            reason ??= PlaceContribution(device, slice, c, sign, events);
        }
        return reason;
    }

    private void Commit(DeviceState device, MeterEntry meter)
    {
        foreach (var (slice, quantity, events, late) in _change.Quantities)
        {
            device.Count(
                slice.Terms.Index, slice.UsagePeriod, meter.Index, quantity, events,
                late ?? (slice.BilledPeriod > slice.UsagePeriod ? events : 0));
        }
        CommitContributions(device);
        if (_change.Level is { } level)
        {
            CommitLevel(device, meter, level.Series, level.Time, level.Value);
        }
        if (_change.Session is { } session)
        {
            device.SetSession(session.Meter, session.Id, session.Session);
        }
        CommitActivation(device);
    }

    private void CommitContributions(DeviceState device)
    {
        foreach (var (slice, key, change, _, merged) in _change.Contributions)
        {
            slice.Add(key, change);
            if (merged is not null)
            {
                ((MergingSlice)slice).Merge(key, merged);
            }
            _outbox.Touch(slice);
        }
        foreach (var (place, aggregate) in _change.Aggregates)
        {
            device.SetAggregate(place, aggregate);
        }
    }

    /// <summary>Why an event is in quarantine, with all that there is to say of it now; null when it is not.</summary>
    public string? Explain(in UsageRecord record)
    {
        if (record.Quarantine is not { } reason)
        {
            return null;
        }
        return ExpressionFaults.Holds(reason) && FaultOf(record) is { } fault && fault.Code == reason
            ? fault.Message
            : UsageReasons.Describe(reason);
    }

    private ExpressionFault? FaultOf(in UsageRecord record)
    {
        var (device, meter) = (_devices[record.Device], _meters[record.Meter]);
        var quantity = UsageChecks.InMeterUnit(record.Value, record.Unit, meter);
        return meter.TryMeasure(quantity, record.Dimensions, out var measured, out var fault)
            ? device.AssignedAt(record.Time)?.At(record.Time).Plan.Fault(meter.Definition.Id, measured.Quantity, measured.Dimensions)
            : fault;
    }

    private static UsageResult Refuse(string code, string message) =>
        new() { Status = UsageStatus.Rejected, Code = code, Message = message };
}
