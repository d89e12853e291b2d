namespace OrleansBilling.Contracts.Auditing;

/// <summary>Result of recomputing a tenant's bills from the raw log.</summary>
/// <param name="Agrees">Whether every figure agrees to the last minor unit.</param>
/// <param name="Findings">Where it does not; at most 1,000.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-report")]
public sealed record AuditReport(
    [property: Id(0)] bool Agrees,
    [property: Id(1)] long EventsRead,
    [property: Id(2)] long EventsQuarantined,
    [property: Id(3)] int Subscriptions,
    [property: Id(4)] int PeriodsChecked,
    [property: Id(5)] int InvoicesChecked,
    [property: Id(6)] AuditFinding[] Findings);

/// <summary>One disagreement.</summary>
/// <param name="Where">Subscription, period, charge or partition concerned.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-finding")]
public sealed record AuditFinding(
    [property: Id(0)] string Code,
    [property: Id(1)] string Where,
    [property: Id(2)] string Expected,
    [property: Id(3)] string Actual);
