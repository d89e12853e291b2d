using NodaTime;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>What is kept of an API key: never the key.</summary>
/// <param name="Sha256">Lower-case hex SHA-256 of the whole key.</param>
/// <param name="Prefix">The first characters of the key, to tell keys apart.</param>
/// <param name="Tenant">The tenant whose data the key opens.</param>
/// <param name="Operator">Whether the key may create tenants.</param>
[GenerateSerializer, Immutable, Alias("billing.api-key")]
public sealed record ApiKeyRecord(
    [property: Id(0)] string Sha256,
    [property: Id(1)] string Prefix,
    [property: Id(2)] string Tenant,
    [property: Id(3)] bool Operator,
    [property: Id(4)] Instant CreatedAt);
