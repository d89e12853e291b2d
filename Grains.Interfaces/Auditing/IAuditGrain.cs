namespace OrleansBilling.Contracts.Auditing;

/// <summary>Recomputes bills from the log by itself; the key is the tenant's id.</summary>
[GrainInterfaceType("billing.audit")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Audits one customer, or all when null. Reads the whole archive of the tenant's usage.</summary>
    [Alias("run")]
    [ResponseTimeout("00:30:00")]
    Task<AuditReport> Run(string? customer);
}
