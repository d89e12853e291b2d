using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>What a meter made of a raw event, as people see it.</summary>
internal static class DerivationViews
{
    /// <summary>Null where the meter takes events as they say.</summary>
    public static DerivedUsage? Of(MeterEntry meter, in UsageRecord record)
    {
        var definition = meter.Definition;
        if (definition is { Value: null, Dimensions: null })
        {
            return null;
        }
        if (!meter.TryMeasure(
            UsageChecks.InMeterUnit(record.Value, record.Unit, meter), record.Dimensions, out var measured, out _))
        {
            return new(null, definition.Value, null);
        }
        var raw = record.Dimensions ?? [];
        var changed = measured.Dimensions.Except(raw).ToDictionary(StringComparer.Ordinal);
        return new(definition.Value is null ? null : measured.Quantity, definition.Value, changed.Count > 0 ? changed : null);
    }
}
