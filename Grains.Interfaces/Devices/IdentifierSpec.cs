using NodaTime;

namespace OrleansBilling.Contracts.Devices;

/// <summary>A time for which an identifier is a device's.</summary>
/// <param name="Kind">See <see cref="Core.Devices.IdentifierKinds"/>.</param>
/// <param name="Value">In any form that is understood.</param>
/// <param name="From">First instant.</param>
/// <param name="To">First instant that is not part of it; null for until further notice.</param>
/// <param name="TakeOver">Whether the device that has it then loses it at <paramref name="From"/>.</param>
[GenerateSerializer, Immutable, Alias("billing.identifier-spec")]
public sealed record IdentifierSpec(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Value,
    [property: Id(2)] Instant From,
    [property: Id(3)] Instant? To,
    [property: Id(4)] bool TakeOver);
