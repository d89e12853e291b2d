using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Pricing;

/// <summary>
/// The plan versions that a partition rates with. A version is immutable, so its first copy serves all: a million
/// subscriptions keep and compile a plan once in each partition.
/// </summary>
internal sealed class PlanTable
{
    private readonly Dictionary<(TenantCopy, string Id, int Version), PlanEntry> _plans = [];

    public PlanEntry? Find(TenantCopy tenant, string id, int version) =>
        _plans.GetValueOrDefault((tenant, id, version));

    /// <exception cref="InvalidDataException">A fact names a plan version that none before it told.</exception>
    public PlanEntry Get(TenantCopy tenant, string id, int version) => Find(tenant, id, version)
        ?? throw new InvalidDataException($"A fact names version {version} of plan '{id}', which is not known.");

    public PlanEntry Learn(TenantCopy tenant, PlanView plan, MeterDefinition[] meters)
    {
        if (!_plans.TryGetValue((tenant, plan.Id, plan.Version), out var entry))
        {
            _plans[(tenant, plan.Id, plan.Version)] = entry = new(tenant, plan, meters);
        }
        return entry;
    }

    public IEnumerable<object> Facts() =>
        _plans.Values.Select(p => new PlanLearned(p.Tenant.Id, p.View, p.Meters));
}
