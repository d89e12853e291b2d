namespace OrleansBilling.Core.Taxation;

/// <summary>A place as taxes see it.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, e.g. <c>DE</c>; Greece is <c>GR</c>, the United Kingdom <c>GB</c>.</param>
/// <param name="Region">ISO 3166-2 with its country, e.g. <c>CA-QC</c>, <c>US-NY</c>, <c>IN-KA</c>; null where none is known.</param>
/// <param name="PostalCode">As written in an address; tells territories with rules of their own, such as the Canary Islands. Null where
/// unknown: the country's main territory is assumed.</param>
public sealed record TaxPlace(string Country, string? Region = null, string? PostalCode = null);
