using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Money to put into a wallet.</summary>
internal sealed class GrantBody
{
    /// <summary>Chosen by you; the same grant sent again counts once.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary><c>paid</c> or <c>promotional</c>.</summary>
    [MaxText(20)]
    public required string Kind { get; set; }

    /// <summary>In major units, above zero.</summary>
    public required decimal Amount { get; set; }

    /// <summary>1 to 1,000; lower is drawn first; the wallet's when left out.</summary>
    public int? Priority { get; set; }

    /// <summary>First instant at which it is not usable; the wallet's when left out.</summary>
    public Instant? ExpiresAt { get; set; }

    /// <summary>Your own words, for example the number of a payment.</summary>
    [MaxText(200)]
    public string? Reference { get; set; }

    /// <summary>Which lines it may pay; the wallet's when left out.</summary>
    public ScopeBody? Scope { get; set; }
}
