using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Auditing;

/// <summary>Corrections in a recount: what an event was is known from its own record, not from the correction.</summary>
internal sealed partial class UsageRecount
{
    private readonly Dictionary<(int Device, string EventId), UsageVersion> _versions = [];
    private readonly HashSet<(int Terms, int Usage, int Billed)> _correctedSlices = [];
    private bool _isCorrecting;

    /// <summary>Readings that were told once more, so that one of them may go without the reading.</summary>
    private readonly Dictionary<(int Device, int Meter, Instant Time), int> _toldAgain = [];

    private void Read(UsageCorrected fact)
    {
        var device = devices.First(d => d.Tenant.Id == _tenant && d.Id == fact.Asked.Device);
        var meter = meters.First(m => m.Tenant.Id == _tenant && m.Definition.Id == fact.Meter);
        var id = (device.Index, fact.Asked.Event);
        var where = $"{device.Id}/{fact.Asked.Event}, correction {fact.Asked.Id}";
        if (!_versions.TryGetValue(id, out var before))
        {
            Findings.Add(new("correction.unknown_event", where, "an event that counts", "none"));
            return;
        }
        before = Rated(before);
        if (Text(before) != Text(Rated(fact.Before)))
        {
            Findings.Add(new("correction.before", where, Text(before), Text(fact.Before)));
        }
        Quarantined -= before.Quarantine is null ? 0 : 1;
        if (meter.Definition.Lasts)
        {
            // What came before is no correction.
            Lasting.Flush(device.Id);
        }
        if (before.Quarantine is null)
        {
            Withdraw(device, meter, before, fact, where);
        }
        _versions.Remove(id);
        if (fact.After is { } after)
        {
            _versions[id] = after;
            Restate(device, meter, Rated(after), fact, where);
        }
        if (meter.Definition.Lasts)
        {
            _isCorrecting = true;
            Lasting.Flush(device.Id);
            _isCorrecting = false;
        }
    }

    /// <summary>Under the plan in force at its time: back-dated changes move usage, and what was corrected before they came says another.</summary>
    private UsageVersion Rated(UsageVersion version) => version.Quarantine is null
        ? version with { Terms = terms[version.Terms].At(version.Time.ToUnixTimeTicks()).Index }
        : version;

    private void Withdraw(DeviceState device, MeterEntry meter, UsageVersion before, UsageCorrected fact, string where)
    {
        var taker = terms[before.Terms];
        var slice = (before.Terms, before.UsagePeriod, BilledNow(taker, before.UsagePeriod));
        if (slice.Item3 != fact.WithdrawnIn)
        {
            Findings.Add(new("correction.period", where, $"{slice.Item3}", $"{fact.WithdrawnIn}"));
        }
        if (slice.Item3 > before.BilledPeriod)
        {
            _correctedSlices.Add(slice);
        }
        if (meter.Definition.Lasts)
        {
            if (!Measures(meter, before.Value, before.Unit, before.Dimensions, where, out var lasting))
            {
                return;
            }
            Arrive(device.Index, taker, before.UsagePeriod, slice.Item3, meter, before.Time, lasting.Dimensions, -1);
            if (!Lasting.Remove(device.Id, meter, taker, before.Time, lasting.Quantity, lasting.Dimensions))
            {
                Findings.Add(new("correction.unknown_event", where, "a record of a level or a session", "none"));
            }
            return;
        }
        if (!meter.Cumulative)
        {
            if (Measures(meter, before.Value, before.Unit, before.Dimensions, where, out var measured))
            {
                Add(
                    device.Index, taker, before.UsagePeriod, slice.Item3, meter, before.Time, measured.Quantity, measured.Dimensions, -1, -1,
                    fact.Asked.Event, true);
            }
            return;
        }
        var key = (device.Index, meter.Index, before.Time);
        var keeps = _toldAgain.GetValueOrDefault(key) > 0;
        _toldAgain[key] = Math.Max(0, _toldAgain.GetValueOrDefault(key) - 1);
        var register = Register(device.Index, meter);
        var consumption = keeps ? 0m : register.ConsumptionAt(before.Time);
        Add(device.Index, taker, before.UsagePeriod, slice.Item3, meter, before.Time, consumption, NoDimensions, -1, -1);
        foreach (var change in keeps ? [] : register.Remove(before.Time).Changes)
        {
            Change(device, meter, change, 0);
        }
    }

    private void Restate(DeviceState device, MeterEntry meter, UsageVersion after, UsageCorrected fact, string where)
    {
        var taker = terms[after.Terms];
        var period = taker.Calendar.IndexAt(after.Time);
        var billed = BilledNow(taker, period);
        if ((period, billed) != (after.UsagePeriod, after.BilledPeriod)
            || after.Time < taker.Start || (taker.End is { } end && after.Time >= end))
        {
            Findings.Add(new("correction.place", where, $"{period}/{billed}", $"{after.UsagePeriod}/{after.BilledPeriod}"));
        }
        if (!Measures(meter, after.Value, after.Unit, after.Dimensions, where, out var measured))
        {
            return;
        }
        if (meter.Definition.Lasts)
        {
            Lasting.Read(device.Id, device.Index, meter, taker, after.Time, measured.Quantity, measured.Dimensions);
            Arrive(device.Index, taker, period, billed, meter, after.Time, measured.Dimensions, 1);
            return;
        }
        if (meter.Cumulative)
        {
            Insert(device, meter, after.Time, measured.Quantity);
            return;
        }
        Add(
            device.Index, taker, period, billed, meter, after.Time, measured.Quantity, measured.Dimensions, 1, 1, fact.Asked.Event, true);
    }

    private int BilledNow(TermsEntry taker, int usage) =>
        taker.Calendar.Period(usage).End <= _sealedThrough ? taker.Calendar.IndexAt(_sealedThrough) : usage;

    private static string Text(UsageVersion version) => JsonSerializer.Serialize(
        version with { Dimensions = version.Dimensions is { Length: > 0 } some ? some : null }, BillingJson.Options);
}
