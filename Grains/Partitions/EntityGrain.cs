using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>A shell around one entity of its partition.</summary>
internal abstract class EntityGrain(PartitionHost host, EntityKind kind) : PartitionShell(host)
{
    private (string Tenant, string Id)? _key;

    /// <summary>Tenant and id that the grain's key says.</summary>
    protected (string Tenant, string Id) Key => _key ??= Parse();

    public override int PartitionNumber => PartitionMap.Of(kind, Key.Tenant, Key.Id, Host.PartitionCount);

    internal static TenantCopy TenantOf(Partition.Turn turn, string tenant) =>
        turn.State.Tenant(tenant) ?? throw new PartitionUnavailableException(
            $"Tenant '{tenant}' is not known to the partition yet; try again.");

    /// <summary>A key without a slash is a tenant's own entity, named as the tenant.</summary>
    private (string, string) Parse()
    {
        var key = this.GetPrimaryKeyString();
        return key.Contains('/') ? EntityKey.Parse(key) : (key, key);
    }
}
