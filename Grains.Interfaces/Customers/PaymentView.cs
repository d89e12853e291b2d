using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Receivables;

namespace OrleansBilling.Contracts.Customers;

/// <summary>A payment as it is.</summary>
/// <param name="Payment">What came in.</param>
/// <param name="Allocations">What it pays, by number of invoice.</param>
/// <param name="Unapplied">What pays nothing yet: it pays the next invoices.</param>
/// <param name="ReversedAt">When it went back; null while it did not.</param>
[GenerateSerializer, Immutable, Alias("billing.payment")]
public sealed record PaymentView(
    [property: Id(0)] Payment Payment,
    [property: Id(1)] PaymentAllocation[] Allocations,
    [property: Id(2)] Money Unapplied,
    [property: Id(3)] Instant? ReversedAt);
