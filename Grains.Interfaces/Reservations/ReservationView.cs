using NodaTime;

namespace OrleansBilling.Contracts.Reservations;

/// <summary>A reservation as callers see it. Quantities are in the meter's unit.</summary>
/// <param name="Status"><c>open</c>, <c>expired</c> or <c>released</c>.</param>
/// <param name="Granted">What may still be used before it expires; zero when it is not open.</param>
/// <param name="Used">Reported so far.</param>
/// <param name="LimitedBy">Id of the charge whose limit left less than was wanted; null when none did.</param>
/// <param name="Limit"><c>charge</c> where that limit is the charge's own, <c>balance</c> where the customer's money pays for no more of
/// it, <c>plan</c> and <c>customer</c> where the maximum of the plan, or of an agreement, leaves no more; null when there was none.</param>
/// <param name="LastNumber">Of the last report; 0 before the first.</param>
/// <param name="UsageStatus">What became of the usage of the last report, as of any usage; null when it reported none.</param>
/// <param name="UsageCode">Stable code when it was not simply accepted.</param>
[GenerateSerializer, Immutable, Alias("billing.reservation")]
public sealed record ReservationView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Device,
    [property: Id(2)] string Subscription,
    [property: Id(3)] string Meter,
    [property: Id(4)] string Unit,
    [property: Id(5)] string Status,
    [property: Id(6)] decimal Granted,
    [property: Id(7)] decimal Used,
    [property: Id(8)] Instant GrantedAt,
    [property: Id(9)] Instant ExpiresAt,
    [property: Id(10)] string? LimitedBy,
    [property: Id(11)] int LastNumber,
    [property: Id(12)] string? UsageStatus,
    [property: Id(13)] string? UsageCode,
    [property: Id(14)] string? Limit = null);
