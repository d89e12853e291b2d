using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>All tenants and API keys of the cluster; there is one, with key 0.</summary>
[GrainInterfaceType("billing.tenant-directory")]
public interface ITenantDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a tenant with its first key. A repeat with the same content adds no key: it is Created with the key that was stored
    /// and Unchanged with another.
    /// </summary>
    [Alias("create")]
    Task<CommandResult<TenantView>> Create(TenantSpec spec, ApiKeyRecord key);

    /// <summary>Adds a key of an existing tenant. Adding the same hash again changes nothing.</summary>
    [Alias("add-key")]
    Task<CommandResult<ApiKeyRecord>> AddKey(ApiKeyRecord key);

    /// <summary>The key with that SHA-256, or null.</summary>
    [Alias("find-key")]
    Task<ApiKeyRecord?> FindKey(string sha256);

    /// <summary>Whether any operator key exists: false only before the first start is complete.</summary>
    [Alias("has-operator-key")]
    Task<bool> HasOperatorKey();

    /// <summary>The tenant, or null.</summary>
    [Alias("get")]
    Task<TenantView?> Get(string tenant);

    /// <summary>All tenants by id.</summary>
    [Alias("list")]
    Task<TenantView[]> List();
}
