using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Contracts.Customers;

/// <summary>The least and the most that a customer shall pay over all subscriptions in each period.</summary>
/// <param name="Id">1–128 characters; unique among the customer's.</param>
/// <param name="Minimum">Null for none; one of both is needed.</param>
/// <param name="Maximum">Null for none.</param>
/// <param name="From">First instant of it; now when null.</param>
/// <param name="To">First instant that no longer is; null for one without an end.</param>
/// <param name="TimeZone">IANA id; UTC when null.</param>
/// <param name="AnchorDate">ISO local date on which a period begins; null for the first of the month of <paramref name="From"/> with
/// months, its local day otherwise.</param>
[GenerateSerializer, Immutable, Alias("billing.agreement-spec")]
public sealed record AgreementSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] CommitmentDefinition? Minimum,
    [property: Id(2)] CommitmentDefinition? Maximum,
    [property: Id(3)] Instant? From,
    [property: Id(4)] Instant? To,
    [property: Id(5)] string? TimeZone,
    [property: Id(6)] string? AnchorDate,
    [property: Id(7)] BillingCycle Cycle);
