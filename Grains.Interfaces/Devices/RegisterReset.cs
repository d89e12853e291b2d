using NodaTime;

namespace OrleansBilling.Contracts.Devices;

/// <summary>
/// A declared reason for a register to go backwards: the device was replaced, or its register was reset.
/// </summary>
/// <param name="FinalReading">What the old register showed at the end; null when nobody read it.</param>
/// <param name="StartReading">What the register shows from that instant on.</param>
[GenerateSerializer, Immutable, Alias("billing.register-reset")]
public sealed record RegisterReset(
    [property: Id(0)] string Meter,
    [property: Id(1)] Instant At,
    [property: Id(2)] decimal? FinalReading,
    [property: Id(3)] decimal StartReading);
