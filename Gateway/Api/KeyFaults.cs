using NodaTime;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>What is wrong with a key that somebody wants.</summary>
internal static class KeyFaults
{
    public static IEnumerable<ProblemError> Of(KeyBody body, KeyScopes scopes, string tenant, Instant now)
    {
        var names = body.Scopes ?? [];
        for (var i = 0; i < names.Length; i++)
        {
            if (ScopeText.Parse(names[i]) == KeyScopes.None)
            {
                yield return new("key.scope_unknown", $"There is no scope '{names[i]}'. Known: {ScopeText.All}.", $"/scopes/{i}");
            }
        }
        if (body.Scopes is { Length: 0 })
        {
            yield return new("key.scopes_missing", $"Name at least one scope of {ScopeText.All}.", "/scopes");
        }
        if (body.Customer is not null && scopes != KeyScopes.Read)
        {
            yield return new("key.customer_only_reads", "A key of one customer has the scope 'read' and no other.", "/scopes");
        }
        if (body.ExpiresAt <= now)
        {
            yield return new("key.expired", "The key would have ended already; give a time to come.", "/expiresAt");
        }
        if (body.Operator == true && (tenant != KeyBootstrap.DefaultTenant || body.Customer is not null))
        {
            yield return new("key.operator_tenant",
                $"Keys of operators belong to the tenant '{KeyBootstrap.DefaultTenant}' and to no customer.", "/operator");
        }
    }
}
