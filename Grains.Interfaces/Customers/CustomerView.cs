namespace OrleansBilling.Contracts.Customers;

/// <summary>A customer as it is.</summary>
/// <param name="PostalCode">Null where unknown.</param>
/// <param name="City">Null where unknown.</param>
/// <param name="Region">Subdivision by ISO 3166-2 without the country; null where unknown.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null where unknown.</param>
/// <param name="Language">BCP 47 tag; null for English.</param>
/// <param name="Tax">What taxes ask; null for a private person without exemptions.</param>
/// <param name="LegalEntity">Who issues its invoices; null for the tenant's default.</param>
/// <param name="Subscriptions">Ids of the customer's subscriptions, oldest first.</param>
[GenerateSerializer, Immutable, Alias("billing.customer")]
public sealed record CustomerView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Currency,
    [property: Id(3)] string? Email,
    [property: Id(4)] string[] Address,
    [property: Id(5)] string[] Subscriptions,
    [property: Id(6)] string? PostalCode = null,
    [property: Id(7)] string? City = null,
    [property: Id(8)] string? Region = null,
    [property: Id(9)] string? Country = null,
    [property: Id(10)] string? Language = null,
    [property: Id(11)] string? LegalEntity = null,
    [property: Id(12)] CustomerTax? Tax = null);
