using Microsoft.AspNetCore.Authorization;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Names for hosts that map endpoints of their own beside the gateway's.</summary>
public static class GatewayPolicies
{
    /// <summary>The authentication scheme: API keys, as Bearer or as the password of Basic.</summary>
    public const string Scheme = "ApiKey";

    /// <summary>Only keys of operators pass. What states no policy needs any valid key.</summary>
    public const string Operator = "operator";

    /// <summary>Claim with the id of the caller's tenant.</summary>
    public const string TenantClaim = "tenant";

    /// <summary>Adds the policies: whatever states none needs any valid key.</summary>
    internal static void Add(AuthorizationOptions authorization)
    {
        var anyKey = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();
        authorization.DefaultPolicy = anyKey;
        authorization.FallbackPolicy = anyKey;
        authorization.AddPolicy(Operator, policy => policy
            .AddAuthenticationSchemes(Scheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User is ApiKeyPrincipal { Key.Operator: true }));
    }
}
