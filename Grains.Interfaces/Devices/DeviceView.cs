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

/// <summary>From this instant on the device is in a state.</summary>
/// <param name="Automatic">Whether it came to it by itself: by its usage, or after a time, which may be ahead.</param>
/// <param name="ActivatesAt">When its time in this state is up and it becomes active; null for never, and for other states.</param>
/// <param name="Free">What is free in this state; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("billing.device-state")]
public sealed record DeviceStateView(
    [property: Id(0)] string State, [property: Id(1)] Instant From, [property: Id(2)] bool Automatic = false,
    [property: Id(3)] Instant? ActivatesAt = null, [property: Id(4)] FreeUsageView[]? Free = null);

/// <summary>What a device in test may use.</summary>
/// <param name="Quantity">In the meter's unit.</param>
/// <param name="Used">Of it, so far; never more, since what would be more makes the device active.</param>
[GenerateSerializer, Immutable, Alias("billing.free-usage")]
public sealed record FreeUsageView([property: Id(0)] string Meter, [property: Id(1)] decimal Quantity, [property: Id(2)] decimal Used);
