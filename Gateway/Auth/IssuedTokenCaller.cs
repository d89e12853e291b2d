using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Who the claims of a checked token say is calling, and what for.</summary>
internal sealed class IssuedTokenCaller(OidcOptions options, KnownTenants tenants)
{
    /// <summary>The caller, or why it is none.</summary>
    public async Task<(TokenPrincipal? Caller, ApiProblem? Problem)> OfAsync(ClaimsPrincipal claims, SecurityToken token)
    {
        if (claims.FindFirstValue("sub") is not { Length: > 0 } person)
        {
            return (null, IssuedTokenProblem.Refused("subject", "The token has no 'sub'; only tokens of somebody are taken."));
        }
        if (claims.FindFirstValue(options.TenantClaim) is not { Length: > 0 } tenant)
        {
            return (null, IssuedTokenProblem.Useless("tenant_missing", $"The token names no tenant in '{options.TenantClaim}'."));
        }
        if (!EntityId.IsValidTenant(tenant) || !await tenants.ExistsAsync(tenant))
        {
            return (null, IssuedTokenProblem.Useless("tenant_unknown", $"The tenant that the token names in '{options.TenantClaim}' does not exist."));
        }
        var customer = options.CustomerClaim is { Length: > 0 } claim ? claims.FindFirstValue(claim) : null;
        if (customer is not null && !EntityId.IsValid(customer))
        {
            return (null, IssuedTokenProblem.Useless("customer_invalid", $"The token names no customer in '{options.CustomerClaim}'."));
        }
        var until = Instant.FromDateTimeUtc(DateTime.SpecifyKind(token.ValidTo, DateTimeKind.Utc));
        return (new TokenPrincipal(Rights(claims, person, token.Issuer, tenant, customer, until), null) { Subject = person, Issuer = token.Issuer }, null);
    }

    /// <summary>A token about one customer reads, whatever else it says.</summary>
    private ApiKeyRecord Rights(ClaimsPrincipal claims, string person, string issuer, string tenant, string? customer, Instant until)
    {
        var given = claims.FindAll(options.RightsClaim).SelectMany(claim => claim.Value.Split(' ')).ToHashSet(StringComparer.Ordinal);
        var scopes = ScopeText.Names(~KeyScopes.None).Where(name => given.Contains(options.Rights.GetValueOrDefault(name, name)))
            .Aggregate(KeyScopes.None, (all, name) => all | ScopeText.Parse(name));
        var mayOperate = tenant == KeyBootstrap.DefaultTenant && customer is null
            && options.Rights.TryGetValue(GatewayPolicies.Operator, out var right) && given.Contains(right);
        return new(
            $"token/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\0{person}")))}", "token", tenant, mayOperate,
            default, customer is null || scopes == KeyScopes.None ? scopes : KeyScopes.Read, Customer: customer, ExpiresAt: until);
    }
}
