using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>A plan that a subscription takes from an instant on.</summary>
/// <param name="WithTrial">Whether it begins with the plan's trial: only at the creation.</param>
internal sealed record PlanTaken(Instant From, PlanDefinition Plan, PlanOverrides? Agreed, bool WithTrial);
