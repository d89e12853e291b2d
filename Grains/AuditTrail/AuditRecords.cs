using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>An entry of a trail, in the log beside the facts of the change; see docs/adr/0035.</summary>
/// <param name="Previous">Hash of the entry before it in this partition.</param>
/// <param name="Content">An <see cref="AuditContent"/>: the bytes that are hashed.</param>
internal sealed record AuditEntryAppended(string Trail, string Previous, string Hash, RawJson Content);

/// <summary>In snapshots: where entries of a trail are in the log, which has them; long trails are told in several parts.</summary>
/// <param name="Head">The newest hash.</param>
/// <param name="LastNumber">Of the newest entry.</param>
/// <param name="LastAt">When it was written.</param>
/// <param name="Marks">As <see cref="AuditMark"/> packs them; by number.</param>
internal sealed record AuditTrailHeld(string Trail, string Head, long LastNumber, Instant LastAt, byte[] Marks);

/// <summary>What is hashed of an entry. A later version of this program may add members behind these.</summary>
/// <param name="At">By the clock of the wall.</param>
/// <param name="Operation">Name of the operation that was called.</param>
/// <param name="Kind">Of the entity.</param>
/// <param name="Id">Of the entity; where it is one of another, that one's id, a slash and its own.</param>
/// <param name="Before">The entity before; null when there was none.</param>
/// <param name="After">The entity after.</param>
internal sealed record AuditContent(
    string Trail, int Partition, long Number, Instant At, string Operation, string Kind, string Id, AuditActor Actor,
    string? RequestId, string? IdempotencyKey, RawJson? Before, RawJson? After);

/// <summary>Who.</summary>
/// <param name="Key">Id of an API key; null for a token.</param>
/// <param name="Subject">Of a token; <c>system</c>, without an issuer, for the program itself.</param>
/// <param name="Tenant">Whose key or token it is, where that is not the trail's tenant.</param>
/// <param name="Operator">True for an operator's; null otherwise.</param>
internal sealed record AuditActor(string? Key, string? Subject, string? Issuer, string? Customer, string? Tenant, bool? Operator)
{
    /// <summary>What one asks for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => Key ?? Subject ?? "";

    public static AuditActor Of(ChangeCaller caller, string trail) => new(
        caller.Key, caller.Subject, caller.Issuer, caller.Customer, caller.Tenant == trail ? null : caller.Tenant, caller.Operator ? true : null);
}
