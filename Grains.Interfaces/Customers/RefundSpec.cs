namespace OrleansBilling.Contracts.Customers;

/// <summary>Money of the customer's balance that was paid back to it.</summary>
/// <param name="Id">1–128 characters; unique among the customer's refunds.</param>
/// <param name="Amount">Major units, above zero, at most the balance.</param>
/// <param name="Reference">Of a bank or a payment provider; at most 200 characters.</param>
[GenerateSerializer, Immutable, Alias("billing.refund-spec")]
public sealed record RefundSpec(
    [property: Id(0)] string Id, [property: Id(1)] decimal Amount, [property: Id(2)] string? Reference);
