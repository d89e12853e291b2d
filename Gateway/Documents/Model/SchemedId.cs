namespace OrleansBilling.Documents;

/// <summary>An identifier with the scheme it belongs to.</summary>
/// <param name="Value">The identifier.</param>
/// <param name="Scheme">A code of the ISO/IEC 6523 list (e.g. <c>0088</c> for GLN), of the EAS list for an electronic
/// address (e.g. <c>EM</c> for e-mail), or null where the field may go without.</param>
public sealed record SchemedId(string Value, string? Scheme = null);
