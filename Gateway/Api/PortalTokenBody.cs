using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A portal token to make.</summary>
internal sealed class PortalTokenBody
{
    /// <summary>The customer whose data it opens.</summary>
    [IdText]
    public required string Customer { get; set; }

    /// <summary>How long it works, ISO 8601, one second to one day; 15 minutes when left out.</summary>
    public TimeSpan? ExpiresIn { get; set; }
}

/// <summary>A portal token.</summary>
/// <param name="Token">Shown like an API key.</param>
/// <param name="Customer">The only customer whose data it opens.</param>
/// <param name="ExpiresAt">From when on it opens nothing.</param>
internal sealed record PortalTokenAnswer(string Token, string Customer, NodaTime.Instant ExpiresAt);
