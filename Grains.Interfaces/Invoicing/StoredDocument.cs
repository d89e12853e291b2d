namespace OrleansBilling.Contracts.Invoicing;

/// <summary>A sealed document as its customer's partition has it.</summary>
/// <param name="Customer">Whose it is.</param>
/// <param name="Seal">As it was told when it was sealed.</param>
/// <param name="Hash">SHA-256 of the bytes that are there now.</param>
[GenerateSerializer, Immutable, Alias("billing.stored-document")]
public sealed record StoredDocument(
    [property: Id(0)] string Customer, [property: Id(1)] DocumentSeal Seal, [property: Id(2)] string Hash);
