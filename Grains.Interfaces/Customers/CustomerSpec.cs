namespace OrleansBilling.Contracts.Customers;

/// <summary>A customer to register: who pays.</summary>
/// <param name="Currency">ISO 4217 code; every plan of the customer's subscriptions must be in it.</param>
/// <param name="Address">Lines as printed on the invoice; at most ten.</param>
[GenerateSerializer, Immutable, Alias("billing.customer-spec")]
public sealed record CustomerSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Currency,
    [property: Id(3)] string? Email,
    [property: Id(4)] string[] Address);
