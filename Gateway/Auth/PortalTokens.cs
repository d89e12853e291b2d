using NodaTime;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Makes and checks portal tokens.</summary>
internal sealed class PortalTokens(KeyCache keys, TimeProvider time)
{
    /// <summary>
    /// Whether the key may make tokens. One that an operator chose may not: whoever holds a token could guess the key by trying what
    /// gives its signature.
    /// </summary>
    public static bool MayMake(ApiKeyPrincipal maker) =>
        maker is not TokenPrincipal && maker.Key.Customer is null && maker.Key.Allows(KeyScopes.Read) && maker.Key.IsGenerated;

    /// <summary>Who shows the token; null when it is none, has ended, or its key no longer works.</summary>
    public async Task<ApiKeyPrincipal?> FindAsync(string text)
    {
        if (PortalToken.Read(text) is not { } token || token.Until <= Instant.FromDateTimeOffset(time.GetUtcNow())
            || await keys.FindByIdAsync(token.Tenant, token.MadeBy) is not { } maker
            || !MayMake(maker) || !PortalToken.IsSigned(text, maker.Key))
        {
            return null;
        }
        // All tokens of a customer share one limit.
        return new TokenPrincipal(
            new($"portal/{token.Tenant}/{token.Customer}", "portal", token.Tenant, false, maker.Key.CreatedAt, KeyScopes.Read,
                Customer: token.Customer, ExpiresAt: token.Until),
            maker.Key.Sha256);
    }
}
