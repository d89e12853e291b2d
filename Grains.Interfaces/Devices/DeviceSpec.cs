using NodaTime;

namespace OrleansBilling.Contracts.Devices;

/// <summary>A device to register.</summary>
/// <param name="Subscription">Assigned at once when given.</param>
/// <param name="From">First instant of that assignment; null is the subscription's start.</param>
/// <param name="State">Its first state, from that instant on; without a subscription from ever on. Null for active.</param>
[GenerateSerializer, Immutable, Alias("billing.device-spec")]
public sealed record DeviceSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] string? Subscription,
    [property: Id(3)] Instant? From,
    [property: Id(4)] string? State = null);
