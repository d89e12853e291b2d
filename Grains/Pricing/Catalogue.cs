using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Pricing;

/// <summary>Meters and plan versions of one tenant, kept by the partition that owns its catalogue.</summary>
internal sealed class Catalogue
{
    private readonly SortedDictionary<string, MeterDefinition> _meters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<PlanView>> _plans = new(StringComparer.Ordinal);

    public MeterDefinition? Meter(string id) => _meters.GetValueOrDefault(id);

    public PlanView? Plan(string id, int? version)
    {
        if (!_plans.TryGetValue(id, out var versions))
        {
            return null;
        }
        return version is null ? versions[^1]
            : version >= 1 && version <= versions.Count ? versions[version.Value - 1]
            : null;
    }

    public IEnumerable<MeterDefinition> Meters => _meters.Values;

    public IEnumerable<PlanView> Plans => _plans.Values.Select(v => v[^1]);

    public void Apply(MeterDefined fact) => _meters[fact.Meter.Id] = fact.Meter;

    public void Apply(PlanPublished fact)
    {
        if (!_plans.TryGetValue(fact.Plan.Id, out var versions))
        {
            _plans[fact.Plan.Id] = versions = [];
        }
        versions.Add(fact.Plan);
    }

    public IEnumerable<object> Facts(string tenant) =>
        _meters.Values.Select(m => (object)new MeterDefined(tenant, m))
            .Concat(_plans.Values.SelectMany(v => v).Select(p => new PlanPublished(tenant, p)));
}
