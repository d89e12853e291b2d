namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>Names of audit trails: each tenant has one, named as the tenant.</summary>
public static class AuditTrails
{
    /// <summary>What concerns the whole cluster: tenants, and keys of operators. No tenant can be named so.</summary>
    public const string Operators = "$operators";
}
