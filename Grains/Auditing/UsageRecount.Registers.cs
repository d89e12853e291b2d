using NodaTime;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>Readings of registers: what each changes in what was used.</summary>
internal sealed partial class UsageRecount
{
    private void Insert(DeviceState device, MeterEntry meter, Instant time, decimal value)
    {
        var changes = Register(device.Index, meter).Insert(time, value).Changes;
        if (changes.Count == 0)
        {
            var key = (device.Index, meter.Index, time);
            _toldAgain[key] = _toldAgain.GetValueOrDefault(key) + 1;
            Change(device, meter, new(time, null, 0m), 1);
        }
        foreach (var change in changes)
        {
            Change(device, meter, change, change.Time == time ? 1 : 0);
        }
    }

    private void Reset(RegisterWasReset fact)
    {
        var device = devices.First(d => d.Tenant.Id == _tenant && d.Id == fact.Device);
        var meter = meters.First(m => m.Tenant.Id == _tenant && m.Definition.Id == fact.Reset.Meter);
        var history = Register(device.Index, meter);
        foreach (var change in history.DeclareReset(fact.Reset.At, fact.Reset.FinalReading, fact.Reset.StartReading).Changes
            .Where(change => !change.IsNothing))
        {
            Change(device, meter, change, 0);
        }
    }

    private void Change(DeviceState device, MeterEntry meter, in RegisterChange change, int events)
    {
        var ticks = change.Time.ToUnixTimeTicks();
        if (device.AssignedAt(ticks)?.At(ticks) is not { } taker)
        {
            return;
        }
        var period = taker.Calendar.PeriodAt(change.Time);
        var billed = period.End <= _sealedThrough ? taker.Calendar.IndexAt(_sealedThrough) : period.Index;
        if (change.OldDelta is { } old)
        {
            Add(device.Index, taker, period.Index, billed, meter, change.Time, old, NoDimensions, -1, 0);
        }
        Add(device.Index, taker, period.Index, billed, meter, change.Time, change.NewDelta, NoDimensions, 1, events);
    }

    private RegisterHistory Register(int device, MeterEntry meter)
    {
        if (!_registers.TryGetValue((device, meter.Index), out var history))
        {
            _registers[(device, meter.Index)] = history = new(meter.Definition.Cumulative!);
        }
        return history;
    }
}
