using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Pricing;

/// <summary>A published, immutable version of a plan.</summary>
/// <param name="Version">From 1, counted per plan id.</param>
/// <param name="Definition">As published.</param>
/// <param name="Overrides">What a subscription has agreed otherwise; null in the catalogue.</param>
[GenerateSerializer, Immutable, Alias("billing.plan")]
public sealed record PlanView(
    [property: Id(0)] string Id,
    [property: Id(1)] int Version,
    [property: Id(2)] Instant PublishedAt,
    [property: Id(3)] PlanDefinition Definition,
    [property: Id(4)] PlanOverrides? Overrides = null);
