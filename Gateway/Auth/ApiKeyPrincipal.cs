using System.Security.Claims;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Who calls: the holder of a key.</summary>
public class ApiKeyPrincipal : ClaimsPrincipal
{
    /// <summary>Creates the principal of a key.</summary>
    public ApiKeyPrincipal(ApiKeyRecord key)
        : base(new ClaimsIdentity(
            [new(ClaimTypes.Name, key.Prefix), new(GatewayPolicies.TenantClaim, key.Tenant)],
            GatewayPolicies.KeyScheme)) =>
        Key = key;

    /// <summary>What is known of the key.</summary>
    public ApiKeyRecord Key { get; }
}
