using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>A plan that must be refused.</summary>
/// <param name="Pointer">The place that must be named, or one within it.</param>
/// <param name="Code">The reason, from docs/pricing.md.</param>
internal sealed record Contradiction(PlanDefinition Plan, string Pointer, string Code);
