using NodaTime;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Customers;

/// <summary>Money to put into a wallet.</summary>
/// <param name="Id">Chosen by the client; the same grant sent again counts once.</param>
/// <param name="Amount">In major units.</param>
/// <param name="Priority">Null for the wallet's.</param>
/// <param name="ExpiresAt">First instant at which it is not usable; null for the wallet's.</param>
/// <param name="Reference">The client's own words.</param>
/// <param name="Scope">Which lines it may pay; null for the wallet's.</param>
/// <param name="RollOver">What of it goes on when it expires; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("billing.grant-spec")]
public sealed record GrantSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] CreditKind Kind,
    [property: Id(2)] decimal Amount,
    [property: Id(3)] int? Priority,
    [property: Id(4)] Instant? ExpiresAt,
    [property: Id(5)] string? Reference,
    [property: Id(6)] CreditScope? Scope = null,
    [property: Id(7)] RollOverSpec? RollOver = null);
