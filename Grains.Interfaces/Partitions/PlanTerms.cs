using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>A plan version as a partition rates with it.</summary>
/// <param name="Meters">The meters that the plan's charges name.</param>
[GenerateSerializer, Immutable, Alias("billing.plan-terms")]
public sealed record PlanTerms([property: Id(0)] PlanView Plan, [property: Id(1)] MeterDefinition[] Meters);
