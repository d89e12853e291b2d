namespace OrleansBilling.Contracts.Customers;

/// <summary>A customer as it is.</summary>
/// <param name="Subscriptions">Ids of the customer's subscriptions, oldest first.</param>
[GenerateSerializer, Immutable, Alias("billing.customer")]
public sealed record CustomerView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Currency,
    [property: Id(3)] string? Email,
    [property: Id(4)] string[] Address,
    [property: Id(5)] string[] Subscriptions);
