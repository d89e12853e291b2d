using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>What is kept of an API key: never the key.</summary>
/// <param name="Sha256">Lower-case hex SHA-256 of the whole key.</param>
/// <param name="Prefix">The first characters of the key, to tell keys apart.</param>
/// <param name="Tenant">The tenant whose data the key opens.</param>
/// <param name="Operator">Whether the key may create tenants.</param>
/// <param name="CreatedAt">By the clock of the wall.</param>
/// <param name="Scopes">What the key may do. Keys from before there were scopes may do everything in their tenant.</param>
/// <param name="Name">For people; null without one.</param>
/// <param name="Customer">The only customer whose data the key opens; null for all of them.</param>
/// <param name="ExpiresAt">From when on the key no longer works; null for never.</param>
/// <param name="RevokedAt">When the key was taken away; null while it was not.</param>
/// <param name="RequestsPerSecond">Most requests a second in one process of the gateway; null for what is configured there.</param>
/// <param name="EventsPerSecond">Most usage events a second, likewise.</param>
[GenerateSerializer, Immutable, Alias("billing.api-key")]
public sealed record ApiKeyRecord(
    [property: Id(0)] string Sha256,
    [property: Id(1)] string Prefix,
    [property: Id(2)] string Tenant,
    [property: Id(3)] bool Operator,
    [property: Id(4)] Instant CreatedAt,
    [property: Id(5)] KeyScopes Scopes = KeyScopes.Admin,
    [property: Id(6)] string? Name = null,
    [property: Id(7)] string? Customer = null,
    [property: Id(8)] Instant? ExpiresAt = null,
    [property: Id(9)] Instant? RevokedAt = null,
    [property: Id(10)] int? RequestsPerSecond = null,
    [property: Id(11)] int? EventsPerSecond = null)
{
    private const int NameLength = 8;

    /// <summary>Whether this system made the key; else an operator chose it.</summary>
    [JsonIgnore]
    public bool IsGenerated => Prefix.Length == 3 + NameLength;

    /// <summary>
    /// Names the key in addresses: the 8 characters after <c>ob_</c>, or, of a key that an operator chose, the first 12 of the hash.
    /// Neither gives the key away.
    /// </summary>
    public string Id() => IsGenerated ? Prefix[^NameLength..] : Sha256[..Math.Min(12, Sha256.Length)];

    /// <summary>Whether the key opens anything at that time.</summary>
    public bool IsUsable(Instant now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>Whether the key may do what needs one of these.</summary>
    public bool Allows(KeyScopes anyOf) => (Granted(Scopes) & anyOf) != 0;

    private static KeyScopes Granted(KeyScopes scopes) => scopes
        | (scopes.HasFlag(KeyScopes.Admin) ? KeyScopes.Ingest | KeyScopes.Read | KeyScopes.Devices | KeyScopes.Billing : 0)
        | (scopes.HasFlag(KeyScopes.Billing) ? KeyScopes.Read : 0);
}
