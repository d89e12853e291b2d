using NodaTime;

namespace OrleansBilling.Contracts.Devices;

/// <summary>A device with its history of assignments and states, oldest first.</summary>
/// <param name="Identifiers">Null for a device that never had any.</param>
[GenerateSerializer, Immutable, Alias("billing.device")]
public sealed record DeviceView(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] AssignmentView[] Assignments,
    [property: Id(3)] DeviceStateView[] States,
    [property: Id(4)] DeviceIdentifierView[]? Identifiers = null);

/// <summary>From this instant on the device's usage belongs to the subscription; null belongs to none.</summary>
[GenerateSerializer, Immutable, Alias("billing.assignment")]
public sealed record AssignmentView([property: Id(0)] string? Subscription, [property: Id(1)] Instant From);

/// <summary>From this instant on the device is <c>active</c> or <c>suspended</c>.</summary>
[GenerateSerializer, Immutable, Alias("billing.device-state")]
public sealed record DeviceStateView([property: Id(0)] string State, [property: Id(1)] Instant From);
