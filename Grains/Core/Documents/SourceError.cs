using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Documents;

/// <summary>A document that cannot be read at all.</summary>
/// <param name="Error">What is wrong, with the pointer to the value that was being read.</param>
/// <param name="At">Where reading stopped.</param>
public sealed record SourceError(ValidationError Error, TextPosition At);
