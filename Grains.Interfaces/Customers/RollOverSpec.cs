using OrleansBilling.Core.Periods;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What of a grant goes on when it expires.</summary>
/// <param name="Cycle">How long what goes on lasts.</param>
/// <param name="TimeZone">IANA id: where that is counted.</param>
/// <param name="Percent">Of what is left; null for all of it.</param>
/// <param name="Maximum">The most that goes on, in major units; null for any amount.</param>
/// <param name="Times">How often it does.</param>
[GenerateSerializer, Immutable, Alias("billing.roll-over-spec")]
public sealed record RollOverSpec(
    [property: Id(0)] BillingCycle Cycle,
    [property: Id(1)] string TimeZone,
    [property: Id(2)] decimal? Percent,
    [property: Id(3)] decimal? Maximum,
    [property: Id(4)] int Times);
