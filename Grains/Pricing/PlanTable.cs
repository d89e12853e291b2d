using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Pricing;

/// <summary>
/// The plan versions that a partition rates with. A version is immutable, so its first copy serves all: a million
/// subscriptions keep and compile a plan once in each partition.
/// </summary>
internal sealed class PlanTable
{
    private readonly Dictionary<(TenantCopy, string Id, int Version, string? Variant), PlanEntry> _plans = [];

    public PlanEntry? Find(TenantCopy tenant, string id, int version, string? variant) =>
        _plans.GetValueOrDefault((tenant, id, version, variant));

    /// <exception cref="InvalidDataException">A fact names a plan version that none before it told.</exception>
    /// <param name="variant">See <see cref="PlanVariant"/>; null for the plan as published.</param>
    public PlanEntry Get(TenantCopy tenant, string id, int version, string? variant) =>
        Find(tenant, id, version, variant) ?? Phase(tenant, id, version, variant)
        ?? throw new InvalidDataException($"A fact names version {version} of plan '{id}', which is not known.");

    /// <summary>A phase of a known plan, made when it is met first; null when it is none, or the plan is not known.</summary>
    private PlanEntry? Phase(TenantCopy tenant, string id, int version, string? variant)
    {
        var (phase, agreed) = PlanVariant.Parse(variant);
        return phase is null || Find(tenant, id, version, agreed) is not { } plan
            ? null
            : _plans[(tenant, id, version, variant)] = new(tenant, plan.View, plan.Meters, phase);
    }

    public PlanEntry Learn(TenantCopy tenant, PlanView plan, MeterDefinition[] meters)
    {
        var key = (tenant, plan.Id, plan.Version, plan.Overrides?.Key);
        if (!_plans.TryGetValue(key, out var entry))
        {
            _plans[key] = entry = new(tenant, plan, meters);
        }
        return entry;
    }

    public IEnumerable<object> Facts() =>
        _plans.Values.Where(p => p.IsTold).Select(p => new PlanLearned(p.Tenant.Id, p.View, p.Meters));
}
