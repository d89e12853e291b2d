using NodaTime;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Gateway.Api;

/// <summary>A key, without what would open anything.</summary>
/// <param name="Id">Names the key in addresses.</param>
/// <param name="Prefix">The first characters, to tell keys apart.</param>
/// <param name="Tenant">Whose data it opens.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Customer">The only customer it opens; null for all of the tenant.</param>
/// <param name="Operator">Whether it is an operator's.</param>
/// <param name="Limits">Limits of its own; null for what the server is set to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it no longer works; null for never.</param>
/// <param name="RevokedAt">When it was taken away.</param>
/// <param name="Key">The key itself: shown this once, in the answer that makes it.</param>
internal sealed record KeyAnswer(
    string Id, string Prefix, string Tenant, string? Name, string Status, string[] Scopes, string? Customer, bool Operator,
    KeyLimitsAnswer? Limits,
    Instant CreatedAt, Instant? ExpiresAt, Instant? RevokedAt, string? Key)
{
    public static KeyAnswer Of(ApiKeyRecord record, Instant now, string? key = null) => new(
        record.Id(), record.Prefix, record.Tenant, record.Name,
        record.RevokedAt is not null ? "revoked" : record.IsUsable(now) ? "active" : "expired",
        ScopeText.Names(record.Scopes), record.Customer, record.Operator, KeyLimitsAnswer.Of(record), record.CreatedAt, record.ExpiresAt, record.RevokedAt, key);
}
