using NodaTime;

namespace OrleansBilling.Contracts.Devices;

/// <summary>An identifier and whose it was, oldest first; times that were taken back wholly are left out.</summary>
[GenerateSerializer, Immutable, Alias("billing.identifier")]
public sealed record IdentifierView(
    [property: Id(0)] string Kind, [property: Id(1)] string Value, [property: Id(2)] IdentifierOwner[] Owners);

/// <summary>A time for which an identifier is a device's.</summary>
/// <param name="Number">Of the identifier's times, in the order in which they were told; from 0.</param>
/// <param name="To">First instant that is not part of it; null for until further notice.</param>
[GenerateSerializer, Immutable, Alias("billing.identifier-owner")]
public sealed record IdentifierOwner(
    [property: Id(0)] int Number, [property: Id(1)] string Device, [property: Id(2)] Instant From, [property: Id(3)] Instant? To)
{
    /// <summary>Whether it is the owner at an instant.</summary>
    public bool Has(Instant at) => From <= at && !(To <= at);
}

/// <summary>An identifier that a device has, or had, for a time.</summary>
/// <param name="To">First instant that is not part of it; null for until further notice.</param>
[GenerateSerializer, Immutable, Alias("billing.device-identifier")]
public sealed record DeviceIdentifierView(
    [property: Id(0)] string Kind, [property: Id(1)] string Value, [property: Id(2)] Instant From, [property: Id(3)] Instant? To);
