using NodaTime;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>A usage event made of a row.</summary>
/// <param name="Id">Unique per device.</param>
/// <param name="Device">Device id.</param>
/// <param name="Meter">Meter id.</param>
/// <param name="Time">When it was used.</param>
/// <param name="Value">Quantity, or reading of a register.</param>
/// <param name="Unit">Null is the meter's.</param>
/// <param name="Dimensions">Empty for none.</param>
public readonly record struct MappedEvent(
    string Id,
    string Device,
    string Meter,
    Instant Time,
    decimal Value,
    string? Unit,
    IReadOnlyList<KeyValuePair<string, string>> Dimensions);
