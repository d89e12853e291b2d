using NodaTime;
using OrleansBilling.Contracts.Reservations;

namespace OrleansBilling.Grains.Reservations;

/// <summary>The last report of a reservation: logged first, then made usage of the device, then settled.</summary>
/// <param name="Asked">As it came, to tell a repeat from a conflict.</param>
/// <param name="Quantity">In the meter's unit.</param>
/// <param name="Time">When it was used.</param>
/// <param name="Holds">Stay reserved until the usage itself is in the totals of the subscription.</param>
/// <param name="IsSettled">Whether it is.</param>
/// <param name="Status">Of the usage; null before, and where there is none.</param>
/// <param name="Code">Of the usage, where it was not simply accepted.</param>
internal sealed record ReservedUse(
    ReservationUse Asked, decimal Quantity, Instant Time, ReservedBucket[] Holds, bool IsSettled, string? Status, string? Code);
