using Orleans.Placement;
using Orleans.Runtime.Placement;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Puts a grain on the silo that owns its partition, so that shells sit beside their owner.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("billing.partition-placement")]
internal sealed class PartitionPlacementStrategy : PlacementStrategy;

/// <inheritdoc cref="PartitionPlacementStrategy"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PartitionPlacementAttribute() : PlacementAttribute(new PartitionPlacementStrategy());

/// <inheritdoc cref="PartitionPlacementStrategy"/>
internal sealed class PartitionPlacementDirector(PartitionHost host, ClusterView cluster) : IPlacementDirector
{
    private static readonly Dictionary<string, EntityKind> KindOf = new(StringComparer.Ordinal)
    {
        ["tenant-clock"] = EntityKind.TenantClock,
        ["catalogue"] = EntityKind.Catalogue,
        ["customer"] = EntityKind.Customer,
        ["subscription"] = EntityKind.Subscription,
        ["device"] = EntityKind.Device,
        ["identifier"] = EntityKind.Device,
        ["invoice-series"] = EntityKind.InvoiceSeries,
        ["re-ratings"] = EntityKind.Catalogue,
        ["migrations"] = EntityKind.Catalogue,
        ["idempotent-call"] = EntityKind.IdempotentCall,
        ["jobs"] = EntityKind.Jobs,
        ["exchange-rates"] = EntityKind.ExchangeRates,
    };

    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } asked)
        {
            return Task.FromResult(asked);
        }
        return Task.FromResult(silos.Length == 1
            ? silos[0]
            : cluster.OwnerOf(PartitionOf(target.GrainIdentity, host.PartitionCount), silos) ?? silos[0]);
    }

    /// <summary>The partition of a grain that has this placement.</summary>
    internal static int PartitionOf(GrainId grain, int count)
    {
        var type = grain.Type.ToString()!;
        if (type == "partition")
        {
            return (int)grain.GetIntegerKey();
        }
        if (type == "tenant-directory")
        {
            return TenantDirectoryGrain.PartitionOf(count);
        }
        var key = grain.Key.ToString()!;
        var (tenant, id) = key.Contains('/') ? EntityKey.Parse(key) : (key, key);
        return PartitionMap.Of(KindOf[type], tenant, id, count);
    }
}
