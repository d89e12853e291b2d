namespace OrleansBilling.Core.Taxation;

/// <summary>Something that the invoice must say, or that its readers should know.</summary>
/// <param name="Key">Stable key for texts, e.g. <c>reverse_charge</c>.</param>
/// <param name="IsRequired">Whether law asks for it; else it is a hint to the seller, not for the document.</param>
/// <param name="Source">The law.</param>
public sealed record TaxNote(string Key, bool IsRequired, string Source);
