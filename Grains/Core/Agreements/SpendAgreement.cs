using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Agreements;

/// <summary>The least and the most that a customer pays over all subscriptions in each period of a calendar of its own.</summary>
/// <param name="Id">Unique among the customer's.</param>
/// <param name="Minimum">Null for none.</param>
/// <param name="Maximum">Null for none.</param>
/// <param name="From">First instant of it.</param>
/// <param name="To">First instant that no longer is; null for one without an end.</param>
/// <param name="TimeZone">IANA id: where its periods begin.</param>
/// <param name="AnchorDate">ISO local date on which a period begins.</param>
/// <param name="Cycle">Length of its periods.</param>
/// <remarks>Rule: ADR 0027.</remarks>
public sealed record SpendAgreement(
    string Id,
    CommitmentDefinition? Minimum,
    CommitmentDefinition? Maximum,
    Instant From,
    Instant? To,
    string TimeZone,
    string AnchorDate,
    BillingCycle Cycle);
