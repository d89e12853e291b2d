namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Whether the documents of a legal entity are those that were sealed.</summary>
/// <param name="LegalEntity">Null for documents of nobody in particular.</param>
/// <param name="Documents">Links that were looked at.</param>
/// <param name="Head">The newest link: whoever noted it earlier can tell that nothing before it changed.</param>
/// <param name="Findings">Empty when everything is as it was sealed; at most 1,000.</param>
[GenerateSerializer, Immutable, Alias("billing.chain-report")]
public sealed record ChainReport(
    [property: Id(0)] string? LegalEntity,
    [property: Id(1)] long Documents,
    [property: Id(2)] string Head,
    [property: Id(3)] ChainFinding[] Findings)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsIntact => Findings.Length == 0;
}

/// <summary>Something that is not as it was sealed.</summary>
/// <param name="Code"><c>link.broken</c>, <c>number.gap</c>, <c>document.changed</c>, <c>document.missing</c>, <c>document.moved</c> or
/// <c>document.inserted</c>.</param>
/// <param name="Number">Of the document.</param>
/// <param name="Message">For people.</param>
[GenerateSerializer, Immutable, Alias("billing.chain-finding")]
public sealed record ChainFinding(
    [property: Id(0)] string Code, [property: Id(1)] string Number, [property: Id(2)] string Message);
