using NodaTime;

namespace OrleansBilling.Core.Reservations;

/// <summary>Usage that is asked for, or that was made.</summary>
/// <param name="Meter">The meter's id.</param>
/// <param name="Time">When it is used.</param>
/// <param name="Quantity">In the meter's unit; not negative.</param>
/// <param name="Dimensions">As events have them.</param>
public sealed record QuotaUse(
    string Meter, Instant Time, decimal Quantity, IReadOnlyList<KeyValuePair<string, string>> Dimensions);
