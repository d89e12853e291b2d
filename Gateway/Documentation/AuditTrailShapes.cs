using System.Text.Json.Nodes;
using NodaTime;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>An entry of the audit trail.</summary>
/// <param name="Id">The partition and the number in it.</param>
/// <param name="PreviousHash">Hash of the entry before it in its partition; 64 zeros before the first.</param>
/// <param name="Hash">SHA-256 of the 32 bytes of the hash before it and the bytes of 'entry'.</param>
internal sealed record AuditEntryShape(string Id, string PreviousHash, string Hash, AuditContentShape Entry);

/// <summary>What was changed.</summary>
/// <param name="Trail">The tenant, or $operators.</param>
/// <param name="Partition">From 0.</param>
/// <param name="Number">In its partition, from 1, without gaps.</param>
/// <param name="At">By the clock of the wall.</param>
/// <param name="Operation">As in this document; 'start' for what the program makes when it starts.</param>
/// <param name="Kind">Of the entity, such as customer or grant.</param>
/// <param name="Id">Of the entity; where it is one of another, that one's id, a slash and its own.</param>
/// <param name="RequestId">The X-Request-Id that the caller sent; else the id of the trace.</param>
/// <param name="IdempotencyKey">As it was sent.</param>
/// <param name="Before">The entity before; left out where there was none. Of one longer than 32 KiB only the beginning, with 'cut'.</param>
/// <param name="After">The entity after.</param>
internal sealed record AuditContentShape(
    string Trail, int Partition, long Number, Instant At, string Operation, string Kind, string Id, AuditActorShape Actor,
    string? RequestId, string? IdempotencyKey, JsonObject? Before, JsonObject? After);

/// <summary>Who: a key, or a person with a token.</summary>
/// <param name="Key">Id of the key.</param>
/// <param name="Subject">Of the token; 'system', without an issuer, for the program itself.</param>
/// <param name="Issuer">Of the token.</param>
/// <param name="Customer">The one customer that the caller is bound to.</param>
/// <param name="Tenant">Whose key or token it is, where that is not the trail's tenant.</param>
/// <param name="Operator">True for an operator.</param>
internal sealed record AuditActorShape(string? Key, string? Subject, string? Issuer, string? Customer, string? Tenant, bool? Operator);
