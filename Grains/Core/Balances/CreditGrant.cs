using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>Money put into a wallet: a top-up, or a gift.</summary>
/// <param name="Id">Chosen by the client; unique in its wallet.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Priority">1 to 1,000; lower is drawn first.</param>
/// <param name="ExpiresAt">First instant at which it is not usable; null for never; not after its wallet's.</param>
/// <param name="GrantedAt">The tenant's clock.</param>
/// <param name="Scope">Which lines it may pay; null for any.</param>
/// <param name="Reference">The client's own words, such as the number of a payment.</param>
public sealed record CreditGrant(
    string Wallet,
    string Id,
    CreditKind Kind,
    Money Amount,
    int Priority,
    Instant? ExpiresAt,
    Instant GrantedAt,
    string? Reference,
    CreditScope? Scope = null);
