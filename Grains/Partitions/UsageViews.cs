using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Usage records as people see them.</summary>
internal static class UsageViews
{
    public static RecordedUsage Quarantined(DeviceBook devices, int partition, long lsn, in UsageRecord record)
    {
        var meter = devices.Meters[record.Meter];
        var raw = UsageChecks.InMeterUnit(record.Value, record.Unit, meter);
        var quantity = meter.TryMeasure(raw, record.Dimensions, out var measured, out _) ? measured.Quantity : raw;
        return View(devices, partition, lsn, record, quantity, null, meter.Definition.Unit) with { Detail = devices.Explain(record) };
    }

    /// <summary>Null when the line's charge takes nothing from the event, for example because of its filter.</summary>
    public static RecordedUsage? Billed(DeviceBook devices, int partition, long lsn, in UsageRecord record, LineFilter line) =>
        Contribution(devices, record, line) is { } contribution
            ? View(
                devices, partition, lsn, record, contribution.Aggregate?.Quantity ?? contribution.Quantity, contribution.UnroundedCharge,
                devices.Meters[record.Meter].Definition.TotalUnit)
            : null;

    /// <summary>What the line's charge takes from an event; null when it takes nothing.</summary>
    public static Contribution? Contribution(DeviceBook devices, in UsageRecord record, LineFilter line)
    {
        if (DeviceBook.IsFree(devices.Devices[record.Device], record.Time))
        {
            return null;
        }
        if (devices.Meters[record.Meter].Definition.Lasts)
        {
            return LastingViews.Of(devices, record, line);
        }
        var (meter, time, quantity, dimensions) = Counted(devices, record);
        var contributions = new List<Contribution>();
        if (line.Terms.Plan.Contribute(meter.Definition.Id, time, quantity, dimensions, line.Terms.Zone, contributions) is not null)
        {
            return null;
        }
        foreach (var contribution in contributions)
        {
            if (contribution.Key.Charge == line.Charge)
            {
                return contribution;
            }
        }
        return null;
    }

    /// <summary>What plans are asked to price: of a register's reading what was used since the one before, without dimensions; of the
    /// record of a level or a session nothing but that it came.</summary>
    public static (MeterEntry Meter, Instant Time, decimal Quantity, KeyValuePair<string, string>[] Dimensions) Counted(
        DeviceBook devices, in UsageRecord record)
    {
        var meter = devices.Meters[record.Meter];
        var time = Instant.FromUnixTimeTicks(record.Time);
        if (meter.Cumulative)
        {
            return (meter, time, devices.Devices[record.Device].Register(meter).ConsumptionAt(time), []);
        }
        var (quantity, dimensions, _) = meter.Measure(record.Value, record.Unit, record.Dimensions);
        return (meter, time, meter.Definition.Lasts ? 0m : quantity, dimensions);
    }

    private static RecordedUsage View(
        DeviceBook devices, int partition, long lsn, in UsageRecord record, decimal quantity, decimal? charge, string unit) => new(
            partition,
            lsn,
            record.EventId,
            devices.Devices[record.Device].Id,
            devices.Meters[record.Meter].Definition.Id,
            Instant.FromUnixTimeTicks(record.Time),
            Instant.FromUnixTimeTicks(record.ReceivedAt),
            record.Value,
            quantity,
            charge,
            record.Dimensions?.ToDictionary(StringComparer.Ordinal),
            record.Late,
            record.Quarantine,
            record.Unit ?? devices.Meters[record.Meter].Definition.Unit,
            unit,
            Derived: DerivationViews.Of(devices.Meters[record.Meter], record),
            Identifier: IdentifierOf(devices.Devices[record.Device], record));

    private static string? IdentifierOf(DeviceState device, in UsageRecord record) =>
        device.IsIdentifier ? device.Id : record.Identifier > 0 ? device.Identifiers[record.Identifier - 1].Key : null;
}
