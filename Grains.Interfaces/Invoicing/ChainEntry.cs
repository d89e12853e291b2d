using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>One document of a legal entity, in the order of the chain.</summary>
/// <param name="Seal">Its place.</param>
/// <param name="Kind">Of the document.</param>
/// <param name="Customer">Whose it is.</param>
[GenerateSerializer, Immutable, Alias("billing.chain-entry")]
public sealed record ChainEntry(
    [property: Id(0)] DocumentSeal Seal, [property: Id(1)] DocumentKind Kind, [property: Id(2)] string Customer);
