using Microsoft.AspNetCore.Authorization;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Names for hosts that map endpoints of their own beside the gateway's.</summary>
public static class GatewayPolicies
{
    /// <summary>The authentication scheme: chooses between the other two by the form of what is shown.</summary>
    public const string Scheme = "Caller";

    /// <summary>API keys and portal tokens, as Bearer or as the password of Basic.</summary>
    public const string KeyScheme = "ApiKey";

    /// <summary>Tokens of an OpenID Connect issuer, where one is configured.</summary>
    public const string TokenScheme = "Token";

    /// <summary>Only operators pass. What states no policy needs a valid key or token with the scopes that the endpoint asks for.</summary>
    public const string Operator = "operator";

    /// <summary>Claim with the id of the caller's tenant.</summary>
    public const string TenantClaim = "tenant";

    /// <summary>Adds the policies: whatever states none needs a valid key, and what <see cref="KeyAccess"/> says.</summary>
    internal static void Add(AuthorizationOptions authorization)
    {
        var fittingKey = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().AddRequirements(new KeyRequirement()).Build();
        authorization.DefaultPolicy = fittingKey;
        authorization.FallbackPolicy = fittingKey;
        authorization.AddPolicy(Operator, policy => policy
            .AddAuthenticationSchemes(Scheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User is ApiKeyPrincipal { Key.Operator: true }));
    }
}
