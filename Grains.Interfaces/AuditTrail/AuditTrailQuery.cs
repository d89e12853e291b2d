using NodaTime;

namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>Which entries of a trail are wanted; null leaves one thing open.</summary>
/// <param name="Trail">Its name; see <see cref="AuditTrails"/>.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Actor">Id of a key, or subject of a token.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Kind">Of the entity.</param>
/// <param name="Entity">Id of the entity.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-trail-query")]
public sealed record AuditTrailQuery(
    [property: Id(0)] string Trail,
    [property: Id(1)] Instant? From = null,
    [property: Id(2)] Instant? To = null,
    [property: Id(3)] string? Actor = null,
    [property: Id(4)] string? Operation = null,
    [property: Id(5)] string? Kind = null,
    [property: Id(6)] string? Entity = null);
