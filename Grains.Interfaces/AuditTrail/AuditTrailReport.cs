namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>Whether the entries of a trail in one partition are those that were written.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Entries">That were looked at.</param>
/// <param name="First">Number of the first of them; 0 for none. Greater than 1 when older ones are gone by their time.</param>
/// <param name="Head">The newest hash; 64 zeros before the first entry.</param>
/// <param name="Findings">Empty when intact; at most 1,000.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-trail-report")]
public sealed record AuditTrailReport(
    [property: Id(0)] int Partition,
    [property: Id(1)] long Entries,
    [property: Id(2)] long First,
    [property: Id(3)] string Head,
    [property: Id(4)] AuditTrailFinding[] Findings);

/// <summary>Something that is not as it was written.</summary>
/// <param name="Code"><c>entry.changed</c>, <c>entry.missing</c>, <c>entry.moved</c>, <c>link.broken</c> or <c>head.differs</c>.</param>
/// <param name="Number">Of the entry, in its partition.</param>
/// <param name="Message">For people.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-trail-finding")]
public sealed record AuditTrailFinding(
    [property: Id(0)] string Code, [property: Id(1)] long Number, [property: Id(2)] string Message);
