using System.Runtime.InteropServices;
using NodaTime;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Adds a tenant's usage up again from raw records alone: own sums, own periods, own register histories. Of the live
/// state it
/// uses only the tables that give numbers to devices, meters and terms.
/// </summary>
/// <param name="corrected">Ids of corrected events, by device, as the live state has them: says only what has to be kept while
/// reading.</param>
/// <param name="correctedPeriods">Usage periods in which usage was corrected, likewise.</param>
internal sealed partial class UsageRecount(
    TenantCopy owner, IReadOnlyList<DeviceState> devices, IReadOnlyList<MeterEntry> meters, IReadOnlyList<TermsEntry> terms,
    IReadOnlySet<(int Device, string EventId)> corrected, IReadOnlySet<(int Terms, int Usage)> correctedPeriods)
{
    private static readonly KeyValuePair<string, string>[] NoDimensions = [];
    private readonly string _tenant = owner.Id;
    private readonly Dictionary<(int Terms, int Usage, int Billed), Dictionary<BucketKey, BucketTotal>> _totals = [];
    private readonly Dictionary<(int Device, int Meter), RegisterHistory> _registers = [];
    private readonly Dictionary<(int Device, string EventId), bool> _billed = [];
    private readonly MergedRecount _merged = new(correctedPeriods);
    private readonly HashSet<(string Subscription, int Segment, int UsagePeriod)> _rerated = [];
    private readonly List<(TermsEntry Taker, int Period, AuditFinding Finding)> _misplaced = [];
    private readonly List<Contribution> _contributions = [];
    private readonly Dictionary<int, Measuring> _measurings = [];
    private readonly IdentifierRecount _identifiers = new();
    private readonly LifecycleRecount _lifecycle = new();
    private Instant _sealedThrough = Instant.MinValue;
    private PresenceRecount? _presence;
    private Dictionary<string, int>? _numbers;
    private LastingRecount? _lasting;

    public long Events { get; private set; }

    public long Quarantined { get; private set; }

    public List<AuditFinding> Findings { get; } = [];

    public void Read(in LogRecord entry)
    {
        var bytes = entry.Bytes.Span;
        switch ((RecordType)bytes[0])
        {
            case RecordType.PackedUsage or RecordType.Usage or RecordType.IdentifiedUsage:
                Read(UsageRecordCodec.Read(bytes), entry.Lsn);
                break;
            case RecordType.Sealed when RareRecordCodec.Decode(bytes) is Sealed fact && fact.Tenant == _tenant:
                Seal(fact.Through);
                break;
            case RecordType.WallClockSealed when owner.TestNow is null && RareRecordCodec.Decode(bytes) is WallClockSealed fact:
                Seal(fact.Now - owner.Grace);
                break;
            case RecordType.DeviceAssigned when RareRecordCodec.Decode(bytes) is DeviceAssigned fact && fact.Tenant == _tenant:
                _lifecycle.Read(fact);
                Lasting.Read(fact);
                Devices.Read(fact, _sealedThrough + owner.Grace);
                ReadStates(fact.Device);
                break;
            case RecordType.DeviceStateSet when RareRecordCodec.Decode(bytes) is DeviceStateSet fact && fact.Tenant == _tenant:
                _lifecycle.Read(fact);
                ReadStates(fact.Device);
                break;
            case RecordType.SubscriptionLearned when RareRecordCodec.Decode(bytes) is SubscriptionLearned fact && fact.Tenant == _tenant:
                Devices.ReadTerms(fact.Id, fact.Start, fact.End);
                Lasting.ReadTerms(fact.Id, fact.Start, fact.End);
                break;
            case RecordType.TermsLearned when RareRecordCodec.Decode(bytes) is TermsLearned fact && fact.Tenant == _tenant:
                Devices.ReadTerms(fact.Terms.Subscription.Id, fact.Terms.Subscription.Start, fact.Terms.Subscription.End);
                Lasting.ReadTerms(fact.Terms.Subscription.Id, fact.Terms.Subscription.Start, fact.Terms.Subscription.End);
                break;
            case RecordType.TimelineLearned when RareRecordCodec.Decode(bytes) is TimelineLearned fact && fact.Tenant == _tenant:
                Lasting.Read(fact);
                Devices.Read(fact, _sealedThrough + owner.Grace);
                break;
            case RecordType.UsageRerated when RareRecordCodec.Decode(bytes) is UsageRerated fact && fact.Tenant == _tenant:
                _rerated.Add((fact.Subscription, fact.Segment, fact.UsagePeriod));
                break;
            case RecordType.RegisterWasReset when RareRecordCodec.Decode(bytes) is RegisterWasReset fact && fact.Tenant == _tenant:
                Reset(fact);
                break;
            case RecordType.UsageForwarded when RareRecordCodec.Decode(bytes) is UsageForwarded fact && fact.Tenant == _tenant:
                Forwarded();
                break;
            case RecordType.DeviceIdentified when RareRecordCodec.Decode(bytes) is DeviceIdentified fact && fact.Tenant == _tenant:
                _identifiers.Read(fact);
                break;
            case RecordType.DeviceIdentifierEnded when RareRecordCodec.Decode(bytes) is DeviceIdentifierEnded fact && fact.Tenant == _tenant:
                _identifiers.Read(fact);
                break;
            case RecordType.UsageCorrected when RareRecordCodec.Decode(bytes) is UsageCorrected fact && fact.Tenant == _tenant:
                Read(fact);
                break;
        }
    }

    private PresenceRecount Devices =>
        _presence ??= new([.. terms.Where(t => t.Tenant.Id == _tenant)], AddPresence);

    private void ReadStates(string device)
    {
        var states = _lifecycle.StatesOf(device);
        Lasting.Read(device, states);
        Devices.Read(device, states, _sealedThrough + owner.Grace);
    }

    /// <summary>Whether an event costs nothing because its device is in test; bills what was free before and is not any more.</summary>
    private bool IsFree(DeviceState device, MeterEntry meter, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        if (_lifecycle.Use(device.Id, time, meter, quantity, dimensions) is not { } use)
        {
            return false;
        }
        foreach (var used in use.NowBilled)
        {
            if (device.AssignedAt(used.Time.ToUnixTimeTicks())?.At(used.Time.ToUnixTimeTicks()) is { } taker)
            {
                var period = taker.Calendar.PeriodAt(used.Time);
                var billed = period.End <= _sealedThrough ? taker.Calendar.IndexAt(_sealedThrough) : period.Index;
                Add(device.Index, taker, period.Index, billed, used.Meter, used.Time, used.Quantity, used.Dimensions, 1, 1);
            }
        }
        if (use.ChangesStates)
        {
            ReadStates(device.Id);
        }
        return use.IsFree;
    }

    /// <summary>An event left the quarantine of an identifier: it is one of the device's partition now.</summary>
    private void Forwarded()
    {
        Events--;
        Quarantined--;
    }

    private void Seal(Instant through)
    {
        Devices.Begin(through + owner.Grace);
        Lasting.Seal(through + owner.Grace, _sealedThrough, through);
        _sealedThrough = Instant.Max(_sealedThrough, through);
    }

    private LastingRecount Lasting => _lasting ??= new([.. terms.Where(t => t.Tenant.Id == _tenant)], meters, AddLasting);

    /// <summary>What levels and sessions come to, billed by the seal as it stands.</summary>
    private void AddLasting(int device, TermsEntry taker, int usage, Contribution change)
    {
        var billed = taker.Calendar.Period(usage).End <= _sealedThrough ? taker.Calendar.IndexAt(_sealedThrough) : usage;
        if (_isCorrecting && billed > usage)
        {
            _correctedSlices.Add((taker.Index, usage, billed));
        }
        ContributionSums.Add(TotalsOf(taker, usage, billed), taker.Plan, change, 1, 0);
        _merged.Add(device, (taker.Index, usage, billed), change, 1);
    }

    private void AddPresence(string device, TermsEntry taker, int usage, BucketKey key, BucketTotal change)
    {
        var ended = taker.Calendar.Period(usage).End <= _sealedThrough;
        var billed = ended ? taker.Calendar.IndexAt(_sealedThrough) : usage;
        if (taker.Plan.CoverOf(key.Charge) is not null)
        {
            _numbers ??= devices.Where(d => d.Tenant.Id == _tenant).ToDictionary(d => d.Id, d => d.Index, StringComparer.Ordinal);
            _merged.AddDays(_numbers[device], (taker.Index, usage, billed), key, change.Quantity);
        }
        var totals = TotalsOf(taker, usage, billed);
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out _);
        total = total.Add(change);
    }

    private Dictionary<BucketKey, BucketTotal> TotalsOf(TermsEntry taker, int usage, int billed) =>
        _totals.TryGetValue((taker.Index, usage, billed), out var totals) ? totals : _totals[(taker.Index, usage, billed)] = [];

    /// <summary>All that was read, as slices.</summary>
    public Slice[] Slices()
    {
        _lasting?.Flush();
        var totals = _totals.ToDictionary(t => t.Key, t => new Dictionary<BucketKey, BucketTotal>(t.Value));
        _merged.AddDevices(totals, number => terms[number].Plan);
        _merged.AddCovers(totals, number => terms[number].Plan, (number, usage) => terms[number].Calendar.Period(usage).Days);
        return
        [
            .. totals.Select(t => new Slice(
                _tenant, terms[t.Key.Terms].Id, t.Key.Usage, t.Key.Billed,
                [.. t.Value.Select(b => new SliceBucket(b.Key.Charge, b.Key.Bucket, b.Value.Quantity, b.Value.Amount, b.Value.Events))],
                _merged.Of(t.Key), terms[t.Key.Terms].Number, _correctedSlices.Contains(t.Key))),
        ];
    }

    /// <summary>Compares with live slices, taken at the position up to which records were read.</summary>
    public void Compare(IEnumerable<Slice> live)
    {
        // A back-dated change says so in the log; whatever else is in another plan than that of its time is wrong.
        Findings.AddRange(_misplaced.Where(m => !_rerated.Contains((m.Taker.Id, m.Taker.Number, m.Period))).Select(m => m.Finding));
        Findings.AddRange(_identifiers.Findings());
        var recounted = Slices().ToDictionary(Name, Text, StringComparer.Ordinal);
        foreach (var slice in live)
        {
            var (name, actual) = (Name(slice), Text(slice));
            recounted.Remove(name, out var expected);
            if (actual != (expected ?? ""))
            {
                Findings.Add(new("slice.differs", name, expected ?? "nothing", actual));
            }
        }
        Findings.AddRange(recounted.Where(r => r.Value.Length > 0).Select(r =>
            new AuditFinding("slice.missing", r.Key, r.Value, "nothing")));
    }

    private void Read(in UsageRecord record, long lsn)
    {
        var device = devices[record.Device];
        if (device.Tenant.Id != _tenant)
        {
            return;
        }
        Events++;
        var id = (record.Device, record.EventId);
        var again = _billed.TryGetValue(id, out var billedBefore);
        if (again && (billedBefore || record.Quarantine is not null))
        {
            Findings.Add(new("event.twice", $"{device.Id}/{record.EventId} at {lsn}", "one", "two"));
        }
        _billed[id] = record.Quarantine is null;
        if (record.Identifier > 0)
        {
            _identifiers.Read(device.Id, record);
        }
        if (corrected.Contains(id))
        {
            _versions[id] = UsageVersion.Of(record);
        }
        if (record.Quarantine is not null)
        {
            Quarantined++;
            return;
        }
        Quarantined -= again ? 1 : 0;
        Events -= again ? 1 : 0;
        var time = Instant.FromUnixTimeTicks(record.Time);
        var period = terms[record.Terms].Calendar.IndexAt(time);
        if (period != record.UsagePeriod || record.BilledPeriod < period)
        {
            Findings.Add(new(
                "event.period", $"{device.Id}/{record.EventId} at {lsn}", $"{period}", $"{record.UsagePeriod}/{record.BilledPeriod}"));
        }
        var taker = terms[record.Terms].At(record.Time);
        if (taker != terms[record.Terms] || record.Time < taker.StartTicks || record.Time >= taker.EndTicks)
        {
            _misplaced.Add((taker, period, new(
                "event.plan", $"{device.Id}/{record.EventId} at {lsn}", "the plan in force at its time",
                $"plan segment {terms[record.Terms].Number}")));
        }
        if (taker.Timeline?.Told.Pauses?.Any(p => p.From <= time && time < (p.To ?? Instant.MaxValue) && !p.BillsUsage) == true)
        {
            Findings.Add(new("event.paused", $"{device.Id}/{record.EventId} at {lsn}", "kept back in a pause", "billed"));
        }
        var meter = meters[record.Meter];
        if (!Measures(meter, record.Value, record.Unit, record.Dimensions, $"{device.Id}/{record.EventId} at {lsn}", out var measured))
        {
            return;
        }
        var (value, dimensions, _) = measured;
        if (IsFree(device, meter, time, value, dimensions))
        {
            return;
        }
        if (meter.Definition.Lasts)
        {
            // The event counts now; the level that it sets, or its part of a session, is another matter.
            Lasting.Read(device.Id, record.Device, meter, terms[record.Terms], time, value, dimensions);
            Arrive(record.Device, terms[record.Terms], period, record.BilledPeriod, meter, time, dimensions, 1);
            return;
        }
        if (!meter.Cumulative)
        {
            Add(
                record.Device, taker, period, record.BilledPeriod, meter, time, value,
                dimensions, 1, 1, record.EventId);
            return;
        }
        Insert(device, meter, time, value);
    }

    /// <summary>What is billed must be measurable; from the raw event, by a reading of the meter's expressions of its own.</summary>
    private bool Measures(
        MeterEntry meter, decimal value, string? unit, KeyValuePair<string, string>[]? dimensions, string where, out Measured measured)
    {
        if (!_measurings.TryGetValue(meter.Index, out var measuring))
        {
            _measurings[meter.Index] = measuring = new(meter.Definition);
        }
        if (measuring.TryMeasure(UsageChecks.InMeterUnit(value, unit, meter), dimensions, out measured, out var fault))
        {
            return true;
        }
        Findings.Add(new("event.unratable", where, "a quantity", fault.Message));
        return false;
    }

    private void Arrive(
        int device, TermsEntry taker, int period, int billed, MeterEntry meter, Instant time, KeyValuePair<string, string>[] dimensions, int sign)
    {
        _contributions.Clear();
        if (taker.Plan.Arrive(meter.Definition.Id, time, dimensions, taker.Zone, _contributions) is { } reason)
        {
            Findings.Add(new("event.unratable", $"{taker.Id} at {time}", "a price", reason));
        }
        foreach (var c in _contributions)
        {
            ContributionSums.Add(TotalsOf(taker, period, billed), taker.Plan, c, sign, sign);
            _merged.Add(device, (taker.Index, period, billed), c, sign);
        }
    }

    private void Add(
        int device, TermsEntry taker, int usage, int billed, MeterEntry meter, Instant time, decimal quantity,
        KeyValuePair<string, string>[] dimensions, int sign, int events, string id = "", bool byCorrection = false)
    {
        _contributions.Clear();
        var reason = taker.Plan.Contribute(meter.Definition.Id, time, quantity, dimensions, taker.Zone, _contributions);
        if (reason is not null)
        {
            Findings.Add(new("event.unratable", $"{taker.Id} at {time}", "a price", reason));
        }
        var totals = TotalsOf(taker, usage, billed);
        foreach (var c in _contributions)
        {
            ContributionSums.Add(totals, taker.Plan, c, sign, events);
            _merged.Add(device, (taker.Index, usage, billed), c, sign, id, byCorrection);
        }
    }

    private static string Name(Slice s) => s.Segment == 0
        ? $"{s.Subscription}, period {s.UsagePeriod} billed in {s.BilledPeriod}"
        : $"{s.Subscription}, plan segment {s.Segment}, period {s.UsagePeriod} billed in {s.BilledPeriod}";

    private static string Text(Slice slice) => string.Join("; ", slice.Buckets
        .Where(b => b is not { Quantity: 0m, Amount: 0m, Events: 0 })
        .OrderBy(b => b.Charge).ThenBy(b => b.Bucket)
        .Select(b => FormattableString.Invariant(
            $"charge {b.Charge}/{b.Bucket}: {Trim(b.Quantity)} units, amount {Trim(b.Amount)}, {b.Events} events"))
        .Concat(slice.Corrected ? ["corrected"] : [])
        .Concat((slice.Aggregates ?? []).OrderBy(a => a.Charge).ThenBy(a => a.Bucket).Select(MergedRecount.Text)));

    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;
}
