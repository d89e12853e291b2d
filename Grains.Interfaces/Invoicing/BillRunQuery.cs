using NodaTime;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Asks a partition how far the billing of periods is that end in a span of time.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant no longer.</param>
[GenerateSerializer, Immutable, Alias("billing.bill-run-query")]
public sealed record BillRunQuery(
    [property: Id(0)] string Tenant, [property: Id(1)] Instant From, [property: Id(2)] Instant To);
