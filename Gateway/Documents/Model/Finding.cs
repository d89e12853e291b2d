namespace OrleansBilling.Documents;

/// <summary>What is wrong with a document, and where.</summary>
/// <param name="Rule">Id of the business rule of EN 16931, e.g. <c>BR-CO-10</c>, or of a rule of this library, which begins
/// with <c>OB-</c>.</param>
/// <param name="Place">Where, e.g. <c>lines[3].unitPrice</c>.</param>
/// <param name="Message">English, with the values concerned and what was expected.</param>
public sealed record Finding(string Rule, string Place, string Message);
