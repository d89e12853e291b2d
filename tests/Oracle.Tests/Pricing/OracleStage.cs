using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>A stretch of a subscription's life with one plan, one phase of it, and one set of agreed terms.</summary>
/// <param name="Plan">With the terms of the phase, then those agreed.</param>
/// <param name="Trial">What usage costs in a trial; null outside of one.</param>
/// <param name="Begins">Whether one-time charges of the subscription are due with it.</param>
/// <param name="Agreed">Discounts that were agreed, and not the plan's.</param>
/// <param name="AgreedFrom">The period in which they began.</param>
internal sealed record OracleStage(
    Instant From, Instant To, PlanDefinition Plan, UsageInTrial? Trial, bool Begins, IReadOnlyList<string> Agreed, int AgreedFrom);
