using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Api;

/// <summary>Limits of a key's own, in one process of the gateway.</summary>
/// <param name="RequestsPerSecond">Null for what the server is set to.</param>
/// <param name="EventsPerSecond">Null for what the server is set to.</param>
internal sealed record KeyLimitsAnswer(int? RequestsPerSecond, int? EventsPerSecond)
{
    /// <summary>Null when the key has none of its own.</summary>
    public static KeyLimitsAnswer? Of(ApiKeyRecord key) =>
        key.RequestsPerSecond is null && key.EventsPerSecond is null ? null : new(key.RequestsPerSecond, key.EventsPerSecond);
}
