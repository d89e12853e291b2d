using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>The place of a document among all of its legal entity; see <see cref="DocumentChain"/>.</summary>
/// <param name="Number">Of its series, without gaps.</param>
/// <param name="LegalEntity">Id of who issues it; null where the tenant has not said who.</param>
/// <param name="Sequence">1 for the first document of the legal entity, whatever its kind; without gaps.</param>
/// <param name="DocumentHash">SHA-256 of the document's bytes, 64 hexadecimal digits.</param>
/// <param name="PreviousHash">The link before it.</param>
/// <param name="Hash">Its own link.</param>
[GenerateSerializer, Immutable, Alias("billing.document-seal")]
public sealed record DocumentSeal(
    [property: Id(0)] string Number,
    [property: Id(1)] string? LegalEntity,
    [property: Id(2)] long Sequence,
    [property: Id(3)] string DocumentHash,
    [property: Id(4)] string PreviousHash,
    [property: Id(5)] string Hash);
