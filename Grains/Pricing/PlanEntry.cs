using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Pricing;

/// <summary>A plan version as a partition rates with it; every subscription that has it shares it.</summary>
/// <param name="meters">The meters that the plan's charges name.</param>
/// <param name="phase">Index of the plan's phase; null: none.</param>
internal sealed class PlanEntry(TenantCopy tenant, PlanView view, MeterDefinition[] meters, int? phase = null)
{
    // Few versions ever correct another one.
    private Dictionary<string, PlanEntry>? _variants;
    private Dictionary<string, LineSource>? _sources;

    public TenantCopy Tenant { get; } = tenant;

    public PlanView View { get; } = view;

    public MeterDefinition[] Meters { get; } = meters;

    public CompiledPlan Compiled { get; } =
        CompiledPlan.Compile(view.Definition, id => Array.Find(meters, m => m.Id == id), view.Overrides, phase);

    /// <summary>Which variant of the plan it is; null of one as published.</summary>
    public string? Variant => PlanVariant.Of(phase, View.Overrides?.Key);

    /// <summary>What a charge for usage charges for; null for other charges.</summary>
    public LineSource? SourceOf(string charge) => (_sources ??= Compiled.Definition.Charges.Where(c => c.Meter is not null).ToDictionary(
        c => c.Id, c => new LineSource(c.Meter!, c.Where.Count > 0 ? c.Where : null), StringComparer.Ordinal)).GetValueOrDefault(charge);

    /// <summary>Whether facts have to tell it; a phase is made from the plan.</summary>
    public bool IsTold => phase is null;

    /// <summary>This version with the agreed terms and in the phase that another version is had with; made when it is met first.</summary>
    public PlanEntry AsHadWith(PlanEntry other)
    {
        if (other.Variant is not { } variant)
        {
            return this;
        }
        _variants ??= new(StringComparer.Ordinal);
        return _variants.TryGetValue(variant, out var known)
            ? known
            : _variants[variant] = new(Tenant, View with { Overrides = other.View.Overrides }, Meters, PlanVariant.Parse(variant).Phase);
    }
}
