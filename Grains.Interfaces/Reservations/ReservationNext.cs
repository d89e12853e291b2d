namespace OrleansBilling.Contracts.Reservations;

/// <summary>What a device wants to have reserved after a report, instead of what is left.</summary>
/// <param name="Quantity">Above zero, in the unit of the report.</param>
/// <param name="LeaseSeconds">For how long, from the report on.</param>
[GenerateSerializer, Immutable, Alias("billing.reservation-next")]
public sealed record ReservationNext([property: Id(0)] decimal Quantity, [property: Id(1)] int LeaseSeconds);
