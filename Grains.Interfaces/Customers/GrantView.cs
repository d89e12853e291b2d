using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Customers;

/// <summary>A grant as it is.</summary>
/// <param name="Left">What is unused.</param>
/// <param name="Scope">Which lines it may pay; null for any.</param>
/// <param name="RollOver">What of it goes on when it expires; null for nothing.</param>
/// <param name="RolledOver">How often it has gone on already; null without <paramref name="RollOver"/>.</param>
/// <param name="RolledInto">Id of the grant that goes on with a part of it; null for none.</param>
/// <param name="Status"><c>open</c>, <c>used</c> (nothing left), <c>voided</c> or <c>expired</c> (the rest was posted away).</param>
[GenerateSerializer, Immutable, Alias("billing.grant")]
public sealed record GrantView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Wallet,
    [property: Id(2)] CreditKind Kind,
    [property: Id(3)] string Currency,
    [property: Id(4)] Money Amount,
    [property: Id(5)] Money Left,
    [property: Id(6)] int Priority,
    [property: Id(7)] Instant? ExpiresAt,
    [property: Id(8)] Instant GrantedAt,
    [property: Id(9)] string? Reference,
    [property: Id(10)] string Status,
    [property: Id(11)] CreditScope? Scope = null,
    [property: Id(12)] RollOverSpec? RollOver = null,
    [property: Id(13)] int? RolledOver = null,
    [property: Id(14)] string? RolledInto = null);
