using NodaTime;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>How far one partition is with periods that end in a span of time: its subscriptions' periods, its customers' invoices.</summary>
/// <param name="AsOf">The tenant's clock there.</param>
/// <param name="Ended">Periods of subscriptions that have ended, all of the next ones but those that are ahead.</param>
/// <param name="Ahead">That will end within the span.</param>
/// <param name="Closed">With a statement for the customer.</param>
/// <param name="InGrace">That wait for late events.</param>
/// <param name="Behind">Past their grace and not closed, by reason.</param>
/// <param name="Undelivered">Closed, and not told to the customer yet.</param>
/// <param name="Issued">Invoices with a number.</param>
/// <param name="Unnumbered">Invoices that are fixed and wait for their number.</param>
/// <param name="IssuedInMinute">Issued in the minute before <paramref name="AsOf"/>.</param>
/// <param name="IssuedInHour">Issued in the hour before it.</param>
/// <param name="LastIssuedAt">When the newest was issued; null for none.</param>
/// <param name="Ready">Drafts that nothing holds, about to be issued.</param>
/// <param name="Incomplete">Invoices that wait for statements of other subscriptions of the customer, or for an earlier invoice.</param>
/// <param name="Held">Drafts that wait, by reason.</param>
/// <param name="HeldCount">Drafts that wait, each once.</param>
/// <param name="OldestOutstanding">Earliest period end with anything that is not issued; null for none.</param>
/// <param name="HeardThrough">How far all partitions have told all their usage; null while one has told nothing.</param>
/// <param name="Failure">Why closing failed when it was last tried here; null for that it did not.</param>
/// <param name="FailedAt">When that was, by the wall clock.</param>
[GenerateSerializer, Immutable, Alias("billing.bill-run-part")]
public sealed record BillRunPart(
    [property: Id(0)] int Partition,
    [property: Id(1)] Instant AsOf,
    [property: Id(2)] long Ended,
    [property: Id(3)] long Ahead,
    [property: Id(4)] long Closed,
    [property: Id(5)] long InGrace,
    [property: Id(6)] Dictionary<string, long> Behind,
    [property: Id(7)] long Undelivered,
    [property: Id(8)] BillRunSum[] Issued,
    [property: Id(9)] long Unnumbered,
    [property: Id(10)] long IssuedInMinute,
    [property: Id(11)] long IssuedInHour,
    [property: Id(12)] Instant? LastIssuedAt,
    [property: Id(13)] long Ready,
    [property: Id(14)] long Incomplete,
    [property: Id(15)] BillRunHold[] Held,
    [property: Id(16)] long HeldCount,
    [property: Id(17)] Instant? OldestOutstanding,
    [property: Id(18)] Instant? HeardThrough,
    [property: Id(19)] string? Failure,
    [property: Id(20)] Instant? FailedAt);
