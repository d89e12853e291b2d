using System.Diagnostics.CodeAnalysis;

namespace OrleansBilling.Core.Documents;

/// <summary>A document that was read, or why it was not: exactly one is set.</summary>
public sealed record SourceResult(SourceDocument? Document, SourceError? Error)
{
    /// <summary>Whether there is a document.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Document is not null;
}
