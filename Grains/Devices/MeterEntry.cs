using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>A meter in the partition's table; usage records refer to it by number.</summary>
internal sealed class MeterEntry(int index, TenantCopy tenant, MeterDefinition definition)
{
    public int Index { get; } = index;

    public TenantCopy Tenant { get; } = tenant;

    public MeterDefinition Definition { get; } = definition;

    public Unit Unit { get; } = Unit.Parse(definition.Unit);

    public AggregationKind Kind { get; } = definition.Kind;

    /// <summary>See <see cref="MeterDefinition.Lasts"/>.</summary>
    public bool Lasts { get; } = definition.Lasts;

    public bool Cumulative => Definition.Cumulative is not null;
}
