using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Scopes as the API spells them.</summary>
internal static class ScopeText
{
    private static readonly (string Name, KeyScopes Scope)[] Known =
    [
        ("ingest", KeyScopes.Ingest), ("read", KeyScopes.Read), ("devices", KeyScopes.Devices), ("billing", KeyScopes.Billing),
        ("admin", KeyScopes.Admin),
    ];

    /// <summary>All of them, for messages.</summary>
    public static string All { get; } = string.Join(", ", Known.Select(known => known.Name));

    /// <summary>The scope, or <see cref="KeyScopes.None"/> when there is none of that name.</summary>
    public static KeyScopes Parse(string name) => Known.FirstOrDefault(known => known.Name == name).Scope;

    /// <summary>The names of all that are set.</summary>
    public static string[] Names(KeyScopes scopes) => [.. Known.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name)];
}
