namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What the API shows of a tenant.</summary>
/// <param name="SealedThrough">As the tenant's clock says.</param>
/// <param name="Bills">Lines that no invoice has yet, and when they were read.</param>
/// <param name="Usage">By device.</param>
/// <param name="Traced">Events behind some lines.</param>
/// <param name="AuditFindings">Null when the audit agrees.</param>
internal sealed record Published(
    string Tenant,
    DateTimeOffset SealedThrough,
    IReadOnlyList<PublishedInvoice> Invoices,
    IReadOnlyList<PublishedBill> Bills,
    IReadOnlyList<PublishedUsage> Usage,
    IReadOnlyList<PublishedEvent> Quarantine,
    IReadOnlyList<TracedLine> Traced,
    string? AuditFindings);

/// <summary>An issued invoice, with the bytes that say so.</summary>
internal sealed record PublishedInvoice(string Id, string Customer, string Body, decimal Total, IReadOnlyList<PublishedLine> Lines);

/// <summary>A running bill.</summary>
internal sealed record PublishedBill(string Customer, DateTimeOffset AsOf, decimal Total, IReadOnlyList<PublishedLine> Lines);

/// <summary>A line of either.</summary>
internal sealed record PublishedLine(
    int Number, LineKey Key, DateTimeOffset PeriodEnd, string Kind, LineSum Sum);

/// <summary>What a device used of a subscription in a period.</summary>
internal sealed record PublishedUsage(
    string Device, string Subscription, DateTimeOffset PeriodStart, decimal Quantity, long Events);

/// <summary>An event that is kept but not billed.</summary>
internal sealed record PublishedEvent(string Device, string Id, string Reason);

/// <summary>All events behind the invoice lines of a key.</summary>
internal sealed record TracedLine(LineKey Key, IReadOnlyList<(string Device, string Id)> Events);
