using NodaTime;

namespace OrleansBilling.Contracts.Customers;

/// <summary>Money that came in.</summary>
/// <param name="Id">1–128 characters; unique among the customer's payments.</param>
/// <param name="Amount">Major units, above zero.</param>
/// <param name="ReceivedAt">When it came; now when null.</param>
/// <param name="Method">How, in the caller's words; at most 100 characters.</param>
/// <param name="Reference">Of a bank or a payment provider; at most 200 characters.</param>
/// <param name="Invoices">Numbers of the invoices that it pays, in this order; null for those that are due first.</param>
[GenerateSerializer, Immutable, Alias("billing.payment-spec")]
public sealed record PaymentSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] decimal Amount,
    [property: Id(2)] Instant? ReceivedAt,
    [property: Id(3)] string? Method,
    [property: Id(4)] string? Reference,
    [property: Id(5)] string[]? Invoices);
