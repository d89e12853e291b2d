using NodaTime;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Devices;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>A raw event as the log has it.</summary>
/// <param name="Position">Partition and position in its log, as the answer to the event said.</param>
/// <param name="Source">Source of a CloudEvent; null for other events.</param>
/// <param name="Device">Null for usage of an identifier that nobody has.</param>
/// <param name="Identifier">That the event named instead of a device; null for none.</param>
/// <param name="Unit">Unit of the value as it was sent.</param>
/// <param name="QuantityUnit">The meter's unit.</param>
/// <param name="Quantity">What it counted for, in the meter's unit: its value, or a register's difference.</param>
/// <param name="Charge">Exact money it caused where the price is linear; null where it depends on totals.</param>
/// <param name="Reason">Why it is in quarantine; null when it is billed.</param>
/// <param name="Detail">The reason in words, with the place in the expression that it is about; null when it is billed.</param>
/// <param name="Derived">What the meter made of the event; null where the meter derives and bounds nothing.</param>
/// <param name="Correction">The correction that put it behind the line; null for usage as it was sent.</param>
internal sealed record RecordedUsageAnswer(
    string Position,
    string Id,
    string? Source,
    string? Device,
    IdentifierAnswer? Identifier,
    string Meter,
    Instant Time,
    Instant ReceivedAt,
    decimal Value,
    string Unit,
    decimal Quantity,
    string QuantityUnit,
    decimal? Charge,
    Dictionary<string, string>? Dimensions,
    bool Late,
    string? Reason,
    string? Detail,
    DerivedUsage? Derived,
    CorrectionMark? Correction)
{
    public static RecordedUsageAnswer Of(RecordedUsage usage)
    {
        var (source, id) = EventIdentity.Parse(usage.Id);
        return new(
            $"{usage.Partition}:{usage.Position}", id, source, DeviceIdentifier.IsKey(usage.Device) ? null : usage.Device, IdentifierAnswer.Of(usage.Identifier), usage.Meter, usage.Time, usage.ReceivedAt,
            usage.Value, usage.Unit, usage.Quantity, usage.QuantityUnit, usage.Charge, usage.Dimensions, usage.Late, usage.Reason,
            usage.Detail, usage.Derived, usage.Correction);
    }
}
