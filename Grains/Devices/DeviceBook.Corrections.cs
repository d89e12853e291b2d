using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Usage that is taken back or changed: the version before is placed again with the other sign, the version after as usage that comes
/// now would be. While the period is open its slice is then as if the event had always been so; once it is sealed the difference is
/// late. See docs/adr/0021.
/// </summary>
internal sealed partial class DeviceBook
{
    /// <summary>Corrected events, with all their versions.</summary>
    public CorrectionIndex Corrections { get; } = new();

    /// <summary>What corrections that are being decided must hear of; null while none is.</summary>
    public CorrectionWatch? Watch { get; set; }

    /// <summary>Applies a correction, live or again. Only reads what the fact and earlier ones say.</summary>
    public void Apply(TenantCopy tenant, UsageCorrected fact, long lsn)
    {
        var device = Known(tenant, fact.Asked.Device);
        var meter = _meterOf[(tenant, fact.Meter)];
        _isReplaying = true;
        var reason = PlaceCorrection(device, meter, fact, meter.Cumulative ? device.Register(meter) : null);
        _isReplaying = false;
        if (reason is not null)
        {
            throw new InvalidDataException($"Correction '{fact.Asked.Id}' of device '{device.Id}' at {lsn} cannot be applied: {reason}.");
        }
        CommitCorrection(device, meter);
        CommitLasting(device, meter, fact);
        Quarantined.Remove(EventIdIndex.IdOf(device.Index, fact.Asked.Event));
        Corrections.Add(lsn, device.Index, meter.Index, fact);
        if (fact.After is { } after)
        {
            device.Saw(after.Time.ToUnixTimeTicks());
        }
    }

    /// <summary>Restores a correction from a snapshot; its effects are told there by themselves.</summary>
    public void Apply(TenantCopy tenant, CorrectionHeld held) => Corrections.Add(
        held.Position, Known(tenant, held.Fact.Asked.Device).Index, _meterOf[(tenant, held.Fact.Meter)].Index, held.Fact);

    /// <summary>Restores what corrections say of a slice; its totals came before.</summary>
    public void Apply(SliceCorrections fact)
    {
        var slice = _terms[fact.Terms].Slice(fact.UsagePeriod, fact.BilledPeriod);
        slice.Corrected = fact.Corrected;
        foreach (var (charge, bucket, isNothing) in fact.Replaced)
        {
            var (merging, key) = ((MergingSlice)slice, new BucketKey(charge, bucket));
            merging.Replace(key, isNothing ? null : merging.Aggregate(key));
        }
        _outbox.Touch(slice);
    }

    /// <summary>Whether a correction could be applied; the reason when it could not. Changes nothing.</summary>
    public string? WhyNot(TenantCopy tenant, UsageCorrected fact)
    {
        var device = Known(tenant, fact.Asked.Device);
        var meter = _meterOf[(tenant, fact.Meter)];
        if (!meter.Cumulative)
        {
            return PlaceCorrection(device, meter, fact, null);
        }
        var known = device.Register(meter);
        return PlaceCorrection(device, meter, fact, new(meter.Definition.Cumulative!, known.Readings, known.Pruned));
    }

    /// <summary>An event under the plan that rates it: a back-dated change may have moved it since its record was written.</summary>
    public UsageRecord Rated(UsageRecord record)
    {
        if (record.Quarantine is null)
        {
            record.Terms = _terms[record.Terms].At(record.Time).Index;
        }
        return record;
    }

    /// <summary>The number of the plan that rates a version which is billed.</summary>
    public int TermsOf(UsageVersion version) => _terms[version.Terms].At(version.Time.ToUnixTimeTicks()).Index;

    /// <summary>Where another version of an event belongs now; the reason when it belongs nowhere.</summary>
    public string? Locate(ref UsageRecord record) => Locate(_devices[record.Device], ref record);

    /// <summary>Period whose invoice takes back usage of an instant.</summary>
    public int BilledNow(int terms, Instant time) => _terms[terms].BilledPeriod(time.ToUnixTimeTicks(), out _);

    /// <summary>Why usage that has its place has no price there; null when it has one. Not of registers, levels and sessions.</summary>
    public string? Unratable(in UsageRecord record)
    {
        var (meter, terms) = (_meters[record.Meter], _terms[record.Terms]);
        if (!meter.TryMeasure(
            UsageChecks.InMeterUnit(record.Value, record.Unit, meter), record.Dimensions, out var measured, out var fault))
        {
            return fault.Code;
        }
        _contributions.Clear();
        return terms.Plan.Contribute(
            meter.Definition.Id, Instant.FromUnixTimeTicks(record.Time), measured.Quantity, measured.Dimensions, terms.Zone, _contributions);
    }

    private string? PlaceCorrection(DeviceState device, MeterEntry meter, UsageCorrected fact, RegisterHistory? register)
    {
        _change.Clear();
        var reason = meter.Lasts ? PlaceLastingVersions(device, meter, fact)
            : register is null ? PlaceVersions(device, meter, fact)
            : PlaceReadings(device, meter, fact, register);
        foreach (var anew in fact.Recounts)
        {
            PlaceMergedAnew(device, meter, fact, anew);
        }
        return reason ?? (_change.StaysExact(_isReplaying) ? null : RatingReasons.Inexact);
    }

    private string? PlaceVersions(DeviceState device, MeterEntry meter, UsageCorrected fact)
    {
        string? reason = null;
        if (fact.Before is { Quarantine: null } before)
        {
            reason = PlaceVersion(device, meter, before, SliceOf(before, fact.WithdrawnIn), sign: -1);
        }
        return fact.After is { } after ? reason ?? PlaceVersion(device, meter, after, SliceOf(after, after.BilledPeriod), sign: 1) : reason;
    }

    private string? PlaceVersion(DeviceState device, MeterEntry meter, UsageVersion version, SliceTotals slice, int sign)
    {
        var quantity = UsageChecks.InMeterUnit(version.Value, version.Unit, meter);
        if (!meter.TryMeasure(quantity, version.Dimensions, out var measured, out var fault))
        {
            return fault.Code;
        }
        var reason = meter.Kind == AggregationKind.Sum
            ? Contribute(device, slice, meter, version.Time, measured.Quantity, measured.Dimensions, sign, sign)
            : CountMerged(slice, meter, version.Time, measured, sign);
        if (reason is null)
        {
            _change.Quantities[^1] = _change.Quantities[^1] with { Late = version.Late ? sign : 0 };
        }
        return reason;
    }

    /// <summary>Of usage that merges only the events are counted here; what it merges to is recounted.</summary>
    private string? CountMerged(SliceTotals slice, MeterEntry meter, Instant time, in Measured measured, int sign)
    {
        _contributions.Clear();
        var plan = slice.Terms.Plan;
        var reason = plan.Contribute(
            meter.Definition.Id, time, measured.Quantity, measured.Dimensions, slice.Terms.Zone, _contributions);
        _change.Quantities.Add(new(slice, 0m, sign));
        foreach (var c in _contributions)
        {
            if (c.Added != 0m)
            {
                PlaceAdded(slice, plan.CompanionOf(c.Key, Companion.Events), sign * c.Added);
            }
            _change.Contributions.Add(new(slice, c.Key, new(sign * c.Quantity, sign * c.Amount, sign), null));
        }
        return reason;
    }

    private void PlaceMergedAnew(DeviceState device, MeterEntry meter, UsageCorrected fact, MergedAnew anew)
    {
        var key = new BucketKey(anew.Told.Charge, anew.Told.Bucket);
        var left = SliceAggregates.Hear(anew.Told);
        var slice = SliceOf(anew, fact);
        if (!anew.PerDevice)
        {
            _change.Replaced.Add(((MergingSlice)slice, key, left));
            return;
        }
        var place = new DeviceBucket(anew.Terms, anew.UsagePeriod, key);
        var before = device.Aggregate(place);
        _change.Recounted.Add((place, left));
        if (key.Charge < 0)
        {
            _change.Quantities.Add(new(slice, (left?.Quantity ?? 0m) - (before?.Quantity ?? 0m), 0));
            return;
        }
        var plan = slice.Terms.Plan;
        var (was, wasAdded) = plan.QuantityOf(key.Charge, before);
        var (now, nowAdded) = plan.QuantityOf(key.Charge, left);
        _change.Contributions.Add(new(slice, key, new(now - was, 0m, 0), null));
        if (nowAdded != wasAdded)
        {
            PlaceAdded(slice, plan.CompanionOf(key, Companion.Devices), nowAdded - wasAdded);
        }
    }

    /// <summary>A bucket is of the version before or of the version after, and goes where that one does.</summary>
    private SliceTotals SliceOf(MergedAnew anew, UsageCorrected fact) =>
        fact.After is { } after && (after.Terms, after.UsagePeriod) == (anew.Terms, anew.UsagePeriod)
            ? _terms[anew.Terms].Slice(anew.UsagePeriod, after.BilledPeriod)
            : _terms[anew.Terms].Slice(anew.UsagePeriod, fact.WithdrawnIn);

    private SliceTotals SliceOf(UsageVersion version, int billed)
    {
        var slice = _terms[version.Terms].Slice(version.UsagePeriod, billed);
        if (billed > version.BilledPeriod)
        {
            _change.Corrected.Add(slice);
        }
        return slice;
    }

    /// <summary>Readings that leave a register and come to it; what the readings after them count for changes as well.</summary>
    private string? PlaceReadings(DeviceState device, MeterEntry meter, UsageCorrected fact, RegisterHistory register)
    {
        if (fact.Before is { Quarantine: null } before && Withdraw(device, meter, before, fact, register) is { } reason)
        {
            return reason;
        }
        if (fact.After is not { } after)
        {
            return null;
        }
        _contributions.Clear();
        var terms = _terms[after.Terms];
        if (terms.Plan.Contribute(meter.Definition.Id, after.Time, 0m, NoDimensions, terms.Zone, _contributions) is { } unratable)
        {
            return unratable;
        }
        if (!meter.TryMeasure(UsageChecks.InMeterUnit(after.Value, after.Unit, meter), after.Dimensions, out var reading, out var fault))
        {
            return fault.Code;
        }
        var inserted = register.Insert(after.Time, reading.Quantity);
        if (!inserted.Accepted)
        {
            return UsageReasons.Of(inserted.Outcome);
        }
        var own = inserted.Changes.Any(c => c.Time == after.Time) ? inserted.Changes : [new(after.Time, null, 0m), .. inserted.Changes];
        return own.Select(change => PlaceConsumption(device, meter, change, events: change.Time == after.Time ? 1 : 0))
            .FirstOrDefault(why => why is not null);
    }

    private string? Withdraw(
        DeviceState device, MeterEntry meter, UsageVersion before, UsageCorrected fact, RegisterHistory register)
    {
        var slice = SliceOf(before, fact.WithdrawnIn);
        var consumption = fact.KeepsReading ? 0m : register.ConsumptionAt(before.Time);
        var removed = fact.KeepsReading ? null : register.Remove(before.Time);
        if (removed is { Accepted: false })
        {
            return UsageReasons.Of(removed.Outcome);
        }
        _ = Contribute(device, slice, meter, before.Time, consumption, NoDimensions, sign: -1, events: -1);
        _change.Quantities[^1] = _change.Quantities[^1] with { Late = before.Late ? -1 : 0 };
        return (removed?.Changes ?? []).Select(change => PlaceConsumption(device, meter, change, events: 0))
            .FirstOrDefault(why => why is not null);
    }

    private void CommitCorrection(DeviceState device, MeterEntry meter)
    {
        Commit(device, meter);
        foreach (var (slice, key, _, _, _) in _change.Contributions)
        {
            slice.DropIfNothing(key);
        }
        foreach (var (place, left) in _change.Recounted)
        {
            if (left is null)
            {
                device.DropAggregate(place);
            }
            else
            {
                device.SetAggregate(place, left);
            }
        }
        foreach (var (slice, key, left) in _change.Replaced)
        {
            slice.Replace(key, left);
            _outbox.Touch(slice);
        }
        foreach (var slice in _change.Corrected)
        {
            slice.Corrected = true;
        }
    }

    /// <summary>Tells corrections after the slices and aggregates that they explain.</summary>
    private void WriteCorrections(Action<ReadOnlySpan<byte>> sink)
    {
        foreach (var slice in _terms.SelectMany(t => t.Slices))
        {
            ReplacedBucket[] replaced = slice is MergingSlice merging
                ? [.. merging.Replaced.Select(k => new ReplacedBucket(k.Charge, k.Bucket, merging.Aggregate(new(k.Charge, k.Bucket)) is null))]
                : [];
            if (slice.Corrected || replaced.Length > 0)
            {
                sink(RareRecordCodec.Encode(new SliceCorrections(slice.Terms.Index, slice.UsagePeriod, slice.BilledPeriod, slice.Corrected, replaced)));
            }
        }
        foreach (var (lsn, _, fact) in Corrections.All)
        {
            sink(RareRecordCodec.Encode(new CorrectionHeld(lsn, fact)));
        }
    }
}
