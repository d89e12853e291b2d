using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>What <see cref="IdIndex{T}"/> finds.</summary>
internal interface ITenantEntity
{
    TenantCopy Tenant { get; }

    /// <summary>Where the tenant's <see cref="IdStore"/> has the id.</summary>
    int IdPlace { get; }
}
