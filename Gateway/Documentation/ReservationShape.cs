namespace OrleansBilling.Gateway.Documentation;

/// <summary>Quota that a device asks for.</summary>
/// <param name="Id">Chosen by you; sending it again is safe.</param>
/// <param name="Meter">Id of the meter that will report the usage.</param>
/// <param name="Quantity">Wanted; above zero.</param>
/// <param name="Minimum">Less than this is refused.</param>
/// <param name="Unit">Of both quantities; the meter's when left out.</param>
/// <param name="Dimensions">That the usage will have.</param>
/// <param name="LeaseSeconds">For how long it is reserved: 1 to 86,400 seconds, 300 when left out.</param>
internal sealed record ReservationShape(
    string Id,
    string Meter,
    decimal Quantity,
    decimal? Minimum,
    string? Unit,
    Dictionary<string, string>? Dimensions,
    int? LeaseSeconds);
