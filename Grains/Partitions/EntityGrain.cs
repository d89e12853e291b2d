using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// A grain that is a thin shell around an entity of its partition, which lives on the same silo. Shells interleave
/// freely:
/// the partition's turns keep the state right.
/// </summary>
internal abstract class EntityGrain(PartitionHost host, EntityKind kind) : Grain
{
    private (string Tenant, string Id)? _key;

    /// <summary>Tenant and id that the grain's key says.</summary>
    protected (string Tenant, string Id) Key => _key ??= Parse();

    protected PartitionHost Host => host;

    /// <summary>The partition that owns the entity.</summary>
    protected Task<Partition> Home() => host.Get(PartitionMap.Of(kind, Key.Tenant, Key.Id, host.PartitionCount));

    protected static TenantCopy TenantOf(Partition.Turn turn, string tenant) =>
        turn.State.Tenant(tenant) ?? throw new PartitionUnavailableException(
            $"Tenant '{tenant}' is not known to the partition yet; try again.");

    /// <summary>A key without a slash is a tenant's own entity, named as the tenant.</summary>
    private (string, string) Parse()
    {
        var key = this.GetPrimaryKeyString();
        return key.Contains('/') ? EntityKey.Parse(key) : (key, key);
    }
}
