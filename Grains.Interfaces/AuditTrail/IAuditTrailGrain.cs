namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>The parts of all audit trails that one partition has; the key is its number, from 0.</summary>
[GrainInterfaceType("billing.audit-trail")]
public interface IAuditTrailGrain : IGrainWithIntegerKey
{
    /// <summary>Where wanted entries are.</summary>
    /// <param name="beyond">Only those after it in the order that is asked for; null begins at the end that comes first.</param>
    /// <param name="ascending">Oldest first; else newest first.</param>
    /// <param name="limit">At most 10,000.</param>
    [Alias("places")]
    Task<AuditPlace[]> Places(AuditTrailQuery query, AuditPlace? beyond, bool ascending, int limit);

    /// <summary>Entries by ascending number, durable when answered; those that the partition does not have, or the query does not want, are left
    /// out.</summary>
    /// <param name="numbers">Ascending; at most 1,000.</param>
    [Alias("entries")]
    [ResponseTimeout("00:05:00")]
    Task<AuditEntry[]> Entries(AuditTrailQuery query, long[] numbers);

    /// <summary>Reads every entry again and recomputes the chain.</summary>
    [Alias("verify")]
    [ResponseTimeout("00:30:00")]
    Task<AuditTrailReport> Verify(string trail);

    /// <summary>Writes an entry, for the present <see cref="ChangeCaller"/>, of something that changes nothing in a partition; durable when
    /// answered.</summary>
    /// <param name="kind">Of the entity.</param>
    /// <param name="id">Of the entity.</param>
    /// <param name="after">JSON of what was made.</param>
    [Alias("record")]
    Task Record(string trail, string kind, string id, byte[] after);
}
