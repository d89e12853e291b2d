using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>A document that is durable, never changes any more, and needs its number.</summary>
/// <param name="Key">Names it before it has a number: the same key always gets the same number.</param>
/// <param name="Customer">Id of the customer that has it.</param>
/// <param name="Kind">Says the series.</param>
/// <param name="LegalEntity">Who issues it; null where the tenant has not said who.</param>
/// <param name="DocumentHash">SHA-256 of its bytes, 64 hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("billing.seal-request")]
public sealed record SealRequest(
    [property: Id(0)] string Key,
    [property: Id(1)] string Customer,
    [property: Id(2)] DocumentKind Kind,
    [property: Id(3)] string? LegalEntity,
    [property: Id(4)] string DocumentHash);
