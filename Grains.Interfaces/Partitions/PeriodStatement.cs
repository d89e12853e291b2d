using NodaTime;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>A closed period of a subscription: the lines it puts on the customer's invoice.</summary>
/// <param name="Period">Index of the billing period in the subscription's calendar.</param>
/// <param name="Sources">What each line charges for; null where no line is for usage, and from an earlier version.</param>
[GenerateSerializer, Immutable, Alias("billing.statement")]
public sealed record PeriodStatement(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Subscription,
    [property: Id(2)] string Customer,
    [property: Id(3)] int Period,
    [property: Id(4)] Instant PeriodStart,
    [property: Id(5)] Instant PeriodEnd,
    [property: Id(6)] InvoiceLine[] Lines,
    [property: Id(7)] LineSource?[]? Sources = null);
