namespace OrleansBilling.Contracts.Customers;

/// <summary>A customer to register: who pays.</summary>
/// <param name="Currency">ISO 4217 code; every plan of the customer's subscriptions must be in it.</param>
/// <param name="Address">Street lines as printed on the invoice; at most ten.</param>
/// <param name="PostalCode">Null where unknown.</param>
/// <param name="City">Null where unknown.</param>
/// <param name="Region">Subdivision by ISO 3166-2 without the country, such as <c>CA</c>; null where unknown.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null where unknown.</param>
/// <param name="Language">BCP 47 tag of what is sent to the customer; null for English.</param>
/// <param name="Tax">What taxes ask; null for a private person without exemptions.</param>
/// <param name="LegalEntity">Id of who issues the customer's invoices; null for the tenant's default.</param>
[GenerateSerializer, Immutable, Alias("billing.customer-spec")]
public sealed record CustomerSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Currency,
    [property: Id(3)] string? Email,
    [property: Id(4)] string[] Address,
    [property: Id(5)] string? PostalCode = null,
    [property: Id(6)] string? City = null,
    [property: Id(7)] string? Region = null,
    [property: Id(8)] string? Country = null,
    [property: Id(9)] string? Language = null,
    [property: Id(10)] string? LegalEntity = null,
    [property: Id(11)] CustomerTax? Tax = null);
