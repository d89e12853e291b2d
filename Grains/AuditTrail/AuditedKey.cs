using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>A key without anything that opens, or signs, something: its hash is the secret of portal tokens.</summary>
internal sealed record AuditedKey(
    string Id, string Tenant, bool Operator, Instant CreatedAt, KeyScopes Scopes, string? Name, string? Customer, Instant? ExpiresAt,
    Instant? RevokedAt, int? RequestsPerSecond, int? EventsPerSecond)
{
    public static AuditSubject SubjectOf(ApiKeyRecord key, PartitionState state) => new(
        key.Operator ? AuditTrails.Operators : key.Tenant, "key", key.Id(),
        () => state.Directory.FindKey(key.Sha256) is { } known ? Of(known) : null);

    private static AuditedKey Of(ApiKeyRecord key) => new(
        key.Id(), key.Tenant, key.Operator, key.CreatedAt, key.Scopes, key.Name, key.Customer, key.ExpiresAt, key.RevokedAt,
        key.RequestsPerSecond, key.EventsPerSecond);
}
