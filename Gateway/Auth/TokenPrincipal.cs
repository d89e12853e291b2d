using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Who calls: the holder of a token, which no directory knows. What it may do is written as of a key.</summary>
/// <param name="rights">With the end of the token.</param>
/// <param name="madeBy">SHA-256 of the API key that must work as well; null when no key stands behind the token.</param>
public sealed class TokenPrincipal(ApiKeyRecord rights, string? madeBy) : ApiKeyPrincipal(rights)
{
    /// <summary>SHA-256 of the API key that must work as well; null when no key stands behind the token.</summary>
    public string? MadeBy { get; } = madeBy;

    /// <summary>Who the issuer says it is; null for a portal token.</summary>
    public string? Subject { get; init; }

    /// <summary>Who says so.</summary>
    public string? Issuer { get; init; }
}
