using NodaTime;

namespace OrleansBilling.Contracts.Reservations;

/// <summary>What a device has used of its reservation since the last report.</summary>
/// <param name="Number">1, 2, 3 …; the same again is the same report.</param>
/// <param name="Quantity">Since the report before, in <paramref name="Unit"/>; zero for none.</param>
/// <param name="Unit">Null is the meter's.</param>
/// <param name="Time">When it was used; null is now.</param>
/// <param name="Next">A new grant in place of what is left; null keeps what is left and its lease.</param>
/// <param name="Release">Whether what is left is given back, for good.</param>
[GenerateSerializer, Immutable, Alias("billing.reservation-use")]
public sealed record ReservationUse(
    [property: Id(0)] int Number,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] string? Unit,
    [property: Id(3)] Instant? Time,
    [property: Id(4)] ReservationNext? Next,
    [property: Id(5)] bool Release);
