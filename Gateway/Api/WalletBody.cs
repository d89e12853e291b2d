using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A wallet to open.</summary>
internal sealed class WalletBody
{
    /// <summary>Chosen by you; unique among the customer's wallets.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>The customer's, which is also meant when it is left out.</summary>
    [MaxText(3)]
    public string? Currency { get; set; }

    /// <summary>1 to 1,000 for grants that name none; lower is drawn first; 100 when left out.</summary>
    public int? Priority { get; set; }

    /// <summary>First instant at which nothing of it is usable; never when left out.</summary>
    public Instant? ExpiresAt { get; set; }

    /// <summary>How far invoices may overdraw it, in major units; not at all when left out.</summary>
    public decimal? CreditLimit { get; set; }

    /// <summary>When it asks for more money; never when left out.</summary>
    public TopUpBody? TopUp { get; set; }

    /// <summary>Which lines it may pay, where a grant names no scope of its own; any when left out.</summary>
    public ScopeBody? Scope { get; set; }

    /// <summary><c>invoice</c> (the default) or <c>block</c>: reservations then end where the customer's money ends.</summary>
    [MaxText(20)]
    public string? OnEmpty { get; set; }
}
