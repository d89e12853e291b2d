using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>What <see cref="IdIndex{T}"/> finds.</summary>
internal interface ITenantEntity
{
    TenantCopy Tenant { get; }

    string Id { get; }
}
