using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Usage of devices that are in test or ready for activation. When it makes the device active is a matter of the set of that usage: an
/// earlier event that comes later moves the instant back, and what was free from there on is billed then. See docs/adr/0025.
/// </summary>
internal sealed partial class DeviceBook
{
    /// <summary>Free events of one device in test; each is kept.</summary>
    public const int MaxTestEvents = 10_000;

    /// <summary>Restores what a state that was given comes to; its record came before.</summary>
    public void Apply(TenantCopy tenant, LifecycleHeld fact)
    {
        var device = Known(tenant, fact.Device);
        var stay = device.Stays[fact.Stay];
        stay.Rules = fact.Rules;
        device.Use(stay, fact.UsedUpAt ?? long.MaxValue, fact.Free);
    }

    /// <summary>Whether usage of a device at an instant is free because the device is being tried out.</summary>
    public static bool IsFree(DeviceState device, long unixTicks) =>
        device.Stays.Count > 0 && device.StateAt(unixTicks) == LifecycleState.Test;

    /// <summary>Places usage of a device that is not active yet; the reason when it belongs nowhere.</summary>
    private string? PlaceBeforeActive(DeviceState device, MeterEntry meter, in Measured measured, in UsageRecord record)
    {
        var stay = device.StayAt(record.Time)!;
        if (!stay.Allows(meter))
        {
            // Nothing of the meter is free: the device is active from this instant on.
            if (PlaceActive(device, meter, measured, record) is { } reason)
            {
                return reason;
            }
            UseUp(device, stay, stay.Free, record.Time, null);
            return null;
        }
        if (stay.Free.Count >= MaxTestEvents)
        {
            return UsageReasons.TestEvents;
        }
        // Placed as if it were billed, so that what is free now can be billed when that changes.
        if (PlaceActive(device, meter, measured, record) is { } unratable)
        {
            return unratable;
        }
        var counted = meter.Definition.Aggregation == "count" ? 1m : measured.Quantity;
        var usage = new TestUsage(record.Time, meter.Definition.Id, counted, measured.Dimensions);
        TestUsage[] all = [.. stay.Free, usage];
        var usedUp = TestAllowance.UsedUpAt(stay.Rules!.Free, all);
        if (!(usedUp <= record.Time))
        {
            _change.Contributions.Clear();
            _change.Aggregates.Clear();
            _change.Inexact = false;
        }
        UseUp(device, stay, all, usedUp ?? long.MaxValue, usage);
        return null;
    }

    /// <summary>Bills what was free at and after an instant, and says so in the change.</summary>
    /// <param name="arriving">The event itself, which is placed already; null when it is of another meter.</param>
    private void UseUp(DeviceState device, LifecycleStay stay, IReadOnlyList<TestUsage> all, long usedUpAt, TestUsage? arriving)
    {
        foreach (var usage in all)
        {
            // Two events may say the very same.
            if (usage.UnixTicks >= usedUpAt && !ReferenceEquals(usage, arriving))
            {
                PlaceTested(device, usage);
            }
        }
        _change.Activation = (stay, usedUpAt, [.. all.Where(u => u.UnixTicks < usedUpAt)]);
    }

    /// <summary>Bills an event that was free; what it counted for the device's own usage stays. One that has no price any more stays free.</summary>
    private void PlaceTested(DeviceState device, TestUsage usage)
    {
        if (device.AssignedAt(usage.UnixTicks)?.At(usage.UnixTicks) is not { } terms)
        {
            return;
        }
        var slice = terms.Slice(terms.Calendar.IndexAt(Instant.FromUnixTimeTicks(usage.UnixTicks)), terms.BilledPeriod(usage.UnixTicks, out _));
        var meter = _meterOf[(device.Tenant, usage.Meter)];
        var reason = Contribute(
            device, slice, meter, Instant.FromUnixTimeTicks(usage.UnixTicks), usage.Quantity, usage.Dimensions, sign: 1, events: 1);
        if (reason is null)
        {
            _change.Quantities.RemoveAt(_change.Quantities.Count - 1);
        }
    }

    /// <summary>Makes the device active from the instant that the change says, and counts its presence anew.</summary>
    private void CommitActivation(DeviceState device)
    {
        if (_change.Activation is var (stay, usedUpAt, free))
        {
            Activate(device, stay, usedUpAt, free);
        }
    }

    private void Activate(DeviceState device, LifecycleStay stay, long usedUpAt, TestUsage[] free)
    {
        if (usedUpAt < stay.ActiveFrom)
        {
            ChangePresence(device, null, usedUpAt, () => device.Use(stay, usedUpAt, free));
        }
        else
        {
            device.Use(stay, stay.UsedUpAt, free);
        }
    }

    private IEnumerable<LifecycleHeld> LifecycleFacts()
    {
        foreach (var device in _devices)
        {
            for (var i = 0; i < device.Stays.Count; i++)
            {
                var stay = device.Stays[i];
                if (stay.Rules is not null || stay.UsedUpAt != long.MaxValue)
                {
                    yield return new(
                        device.Tenant.Id, device.Id, i, stay.Rules, stay.UsedUpAt == long.MaxValue ? null : stay.UsedUpAt, [.. stay.Free]);
                }
            }
        }
    }
}
