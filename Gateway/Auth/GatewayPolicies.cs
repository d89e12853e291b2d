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
}
