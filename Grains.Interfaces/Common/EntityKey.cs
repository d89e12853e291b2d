namespace OrleansBilling.Contracts.Common;

/// <summary>
/// Grain key of a tenant's entity: <c>tenant/id</c>. A tenant id has no slash, so the first one ends it and different
/// pairs never share a key.
/// </summary>
public static class EntityKey
{
    /// <summary>Joins a tenant and an id.</summary>
    public static string Of(string tenant, string id) => $"{tenant}/{id}";

    /// <summary>Splits what <see cref="Of"/> joined.</summary>
    public static (string Tenant, string Id) Parse(string key)
    {
        var slash = key.IndexOf('/');
        return (key[..slash], key[(slash + 1)..]);
    }
}
