namespace OrleansBilling.Contracts.Reservations;

/// <summary>Quota that a device asks for before it uses it.</summary>
/// <param name="Id">Chosen by the client; the same again is the same reservation.</param>
/// <param name="Meter">The meter's id.</param>
/// <param name="Quantity">Wanted; above zero, in <paramref name="Unit"/>.</param>
/// <param name="Minimum">Less than this is refused; null: anything above zero is of use.</param>
/// <param name="Unit">Of both quantities; null is the meter's.</param>
/// <param name="Dimensions">That the usage will have; null for none.</param>
/// <param name="LeaseSeconds">For how long it is reserved.</param>
[GenerateSerializer, Immutable, Alias("billing.reservation-spec")]
public sealed record ReservationSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Meter,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] decimal? Minimum,
    [property: Id(4)] string? Unit,
    [property: Id(5)] KeyValuePair<string, string>[]? Dimensions,
    [property: Id(6)] int LeaseSeconds)
{
    /// <summary>Seconds that are reserved when nothing is said.</summary>
    public const int DefaultLease = 300;

    /// <summary>Least seconds of a lease.</summary>
    public const int MinLease = 1;

    /// <summary>Most seconds of a lease: a day.</summary>
    public const int MaxLease = 86_400;
}
