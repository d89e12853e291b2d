using Microsoft.AspNetCore.Authorization;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Auth;

/// <summary>What a valid key may reach.</summary>
internal static class KeyAccess
{
    /// <summary>Why the caller may not use the endpoint; null when it may.</summary>
    public static ApiProblem? Refusal(Endpoint? endpoint, string method, ApiKeyRecord key)
    {
        if (endpoint is null)
        {
            return null;
        }
        if (endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy == GatewayPolicies.Operator)
        {
            return key.Operator ? null : Problem.OperatorKeyNeeded();
        }
        var needed = Needed(endpoint, method);
        if (needed == KeyScopes.None)
        {
            return null;
        }
        if (!key.Allows(needed))
        {
            return Problem.ScopeMissing(ScopeText.Names(needed), ScopeText.Names(key.Scopes));
        }
        return key.Customer is null || endpoint.Metadata.GetMetadata<CustomerOwned>() is not null
            || endpoint.Metadata.GetMetadata<NeedsScopeAttribute>() is { ChecksCustomer: true }
                ? null
                : Problem.CustomerKey();
    }

    /// <summary>
    /// What a key needs for the endpoint: any one of these, or nothing for pages of reference. An address of the API that says nothing needs
    /// <c>read</c> for reading and <c>admin</c> for all else, so that none is open by mistake.
    /// </summary>
    public static KeyScopes Needed(Endpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<NeedsScopeAttribute>() is { } stated
            ? stated.AnyOf
            : (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } address && address.StartsWith("/v1/", StringComparison.Ordinal)
                ? Default(method)
                : KeyScopes.None;

    /// <summary>What an address of the API needs that states nothing.</summary>
    public static KeyScopes Default(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? KeyScopes.Read : KeyScopes.Admin;
}
