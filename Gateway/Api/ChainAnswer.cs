using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>A document in the chain of its legal entity.</summary>
/// <param name="Sequence">1 for the first, without gaps.</param>
/// <param name="Number">Of the invoice or credit note.</param>
/// <param name="DocumentHash">SHA-256 of its bytes.</param>
/// <param name="PreviousHash">The link before it; 64 zeros before the first.</param>
/// <param name="Hash">SHA-256 of the link before it, the document's hash and the number.</param>
internal sealed record ChainLinkAnswer(
    long Sequence, string Number, DocumentKind Kind, string Customer, string DocumentHash, string PreviousHash, string Hash)
{
    public static ChainLinkAnswer Of(ChainEntry entry) => new(
        entry.Seal.Sequence, entry.Seal.Number, entry.Kind, entry.Customer, entry.Seal.DocumentHash, entry.Seal.PreviousHash, entry.Seal.Hash);
}

/// <summary>Whether the documents of a legal entity are those that were sealed.</summary>
/// <param name="Documents">Links that were looked at.</param>
/// <param name="Head">The newest link. Whoever noted it can tell later that nothing before it has changed.</param>
/// <param name="Findings">Empty when intact; at most 1,000.</param>
internal sealed record ChainReportAnswer(bool Intact, long Documents, string Head, ChainFinding[] Findings)
{
    public static ChainReportAnswer Of(ChainReport report) => new(report.IsIntact, report.Documents, report.Head, report.Findings);
}
