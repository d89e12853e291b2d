using System.Globalization;
using OrleansBilling.Contracts.AuditTrail;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>An entry as it is sent.</summary>
internal sealed record AuditEntryAnswer(string Id, string PreviousHash, string Hash, RawJsonValue Entry)
{
    public static AuditEntryAnswer Of(AuditEntry entry) =>
        new(AuditEntryId.Of(entry.Place), entry.PreviousHash, entry.Hash, new(entry.Content));
}

/// <summary>Whether a trail is what was written.</summary>
/// <param name="Entries">That were looked at.</param>
/// <param name="Chains">One for each partition; all of them, also those without an entry.</param>
/// <param name="Findings">Empty when intact.</param>
internal sealed record AuditTrailReportAnswer(bool Intact, long Entries, AuditChainAnswer[] Chains, AuditFindingAnswer[] Findings)
{
    public static AuditTrailReportAnswer Of(AuditTrailReport[] reports)
    {
        AuditFindingAnswer[] findings = [.. reports.SelectMany(r => r.Findings.Select(f => new AuditFindingAnswer(
            f.Code, string.Create(CultureInfo.InvariantCulture, $"{r.Partition}-{f.Number}"), f.Message)))];
        return new(
            findings.Length == 0, reports.Sum(r => r.Entries),
            Array.ConvertAll(reports, r => new AuditChainAnswer(r.Partition, r.Entries, r.First, r.Head)), findings);
    }
}

/// <summary>The part of a trail that one partition has.</summary>
/// <param name="Entries">That were looked at.</param>
/// <param name="First">Number of the first of them; 0 for none. Greater than 1 when older ones are gone by their time.</param>
/// <param name="Head">The newest hash. Whoever noted it can tell later that nothing before it has changed.</param>
internal sealed record AuditChainAnswer(int Partition, long Entries, long First, string Head);

/// <summary>Something that is not as it was written.</summary>
/// <param name="Code"><c>entry.changed</c>, <c>entry.missing</c>, <c>entry.moved</c>, <c>link.broken</c> or <c>head.differs</c>.</param>
/// <param name="Entry">Id of the entry.</param>
/// <param name="Message">For people.</param>
internal sealed record AuditFindingAnswer(string Code, string Entry, string Message);
