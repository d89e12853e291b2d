using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Contracts.Auditing;

/// <summary>What one partition recomputed from its raw log.</summary>
[GenerateSerializer, Immutable, Alias("billing.usage-audit")]
public sealed record UsageAudit(
    [property: Id(0)] Slice[] Slices,
    [property: Id(1)] long Events,
    [property: Id(2)] long Quarantined,
    [property: Id(3)] AuditFinding[] Findings);

/// <summary>Closed periods of one partition's subscriptions, rated anew.</summary>
[GenerateSerializer, Immutable, Alias("billing.statement-audit")]
public sealed record StatementAudit(
    [property: Id(0)] PeriodStatement[] Statements,
    [property: Id(1)] int Subscriptions,
    [property: Id(2)] AuditFinding[] Findings);

/// <summary>Invoices of one partition's customers, compared.</summary>
[GenerateSerializer, Immutable, Alias("billing.invoice-audit")]
public sealed record InvoiceAudit([property: Id(0)] int Invoices, [property: Id(1)] AuditFinding[] Findings);
