using NodaTime;

namespace OrleansBilling.Core.Pricing;

/// <summary>The price from an instant until the next entry. Exactly one of band and price is set.</summary>
/// <param name="From">First instant.</param>
/// <param name="Band">Name of a band.</param>
/// <param name="Price">Per priced unit; may be negative.</param>
public sealed record ScheduleEntry(Instant From, string? Band, decimal? Price);
