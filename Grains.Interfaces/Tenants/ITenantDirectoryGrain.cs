using NodaTime;
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

    /// <summary>The tenant's key with that <see cref="ApiKeyRecord.Id"/>, or null.</summary>
    [Alias("find-key-by-id")]
    Task<ApiKeyRecord?> FindKeyById(string tenant, string id);

    /// <summary>All keys of the tenant, also those that no longer work, oldest first.</summary>
    [Alias("list-keys")]
    Task<ApiKeyRecord[]> ListKeys(string tenant);

    /// <summary>
    /// Takes a key away. Revoking it again changes nothing. NotFound when the tenant has no such key; Conflict for the last operator
    /// key that works for ever, without which nobody could make another.
    /// </summary>
    /// <param name="tenant">The key's.</param>
    /// <param name="id">Of <see cref="ApiKeyRecord.Id"/>.</param>
    /// <param name="at">Now.</param>
    /// <param name="byOperator">Whether an operator asks; to everybody else the keys of operators do not exist.</param>
    [Alias("revoke-key")]
    Task<CommandResult<ApiKeyRecord>> RevokeKey(string tenant, string id, Instant at, bool byOperator);

    /// <summary>
    /// Adds a key with the rights of another one, which works on for a while, so that whoever uses it can change over. A key that had
    /// an end lets its successor live as long as it was to live itself.
    /// </summary>
    /// <param name="tenant">The key's.</param>
    /// <param name="id">Of the key to replace.</param>
    /// <param name="next">The new key; its rights are those of the old one, whatever it says.</param>
    /// <param name="oldUntil">When the old key ends, unless it ends before.</param>
    /// <param name="byOperator">Whether an operator asks.</param>
    /// <returns>The new key. NotFound for no such key; Conflict for one that no longer works.</returns>
    [Alias("rotate-key")]
    Task<CommandResult<ApiKeyRecord>> RotateKey(string tenant, string id, ApiKeyRecord next, Instant oldUntil, bool byOperator);

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
