namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>An entry of an audit trail.</summary>
/// <param name="PreviousHash">Hash of the entry before it in its partition; 64 zeros before the first.</param>
/// <param name="Hash">SHA-256 of the 32 bytes of the hash before it and the bytes of the content.</param>
/// <param name="Content">JSON, byte by byte as it was hashed.</param>
[GenerateSerializer, Immutable, Alias("billing.audit-entry")]
public sealed record AuditEntry(
    [property: Id(0)] AuditPlace Place,
    [property: Id(1)] string PreviousHash,
    [property: Id(2)] string Hash,
    [property: Id(3)] byte[] Content);
