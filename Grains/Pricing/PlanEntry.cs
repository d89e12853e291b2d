using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Pricing;

/// <summary>A plan version as a partition rates with it; every subscription that has it shares it.</summary>
/// <param name="meters">The meters that the plan's charges name.</param>
internal sealed class PlanEntry(TenantCopy tenant, PlanView view, MeterDefinition[] meters)
{
    public TenantCopy Tenant { get; } = tenant;

    public PlanView View { get; } = view;

    public MeterDefinition[] Meters { get; } = meters;

    public CompiledPlan Compiled { get; } =
        CompiledPlan.Compile(view.Definition, id => Array.Find(meters, m => m.Id == id));
}
