using NodaTime;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A pack as it is. Quantities are in its unit.</summary>
/// <param name="Charge">Id of the usage charge.</param>
/// <param name="Current">Sum of the postings of its journal.</param>
/// <param name="Accrued">What usage of periods that are not closed takes.</param>
/// <param name="Left">What more usage may take now.</param>
/// <param name="ExpiresAt">End of the last period that may use it; null for never.</param>
/// <param name="CarryOver">The most that goes from one period into the next; null for all.</param>
/// <param name="Status"><c>open</c>, <c>used</c> (nothing left) or <c>expired</c>.</param>
/// <param name="Journal">Grant, and what each closed period used and let expire.</param>
[GenerateSerializer, Immutable, Alias("billing.pack")]
public sealed record PackView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Subscription,
    [property: Id(2)] string Charge,
    [property: Id(3)] string Unit,
    [property: Id(4)] CreditKind Kind,
    [property: Id(5)] decimal Quantity,
    [property: Id(6)] decimal Current,
    [property: Id(7)] decimal Accrued,
    [property: Id(8)] decimal Left,
    [property: Id(9)] int Priority,
    [property: Id(10)] Instant GrantedAt,
    [property: Id(11)] Instant? ExpiresAt,
    [property: Id(12)] decimal? CarryOver,
    [property: Id(13)] string? Reference,
    [property: Id(14)] string Status,
    [property: Id(15)] UnitEntry[] Journal);
