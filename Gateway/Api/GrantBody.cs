using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Periods;
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

    /// <summary>What of it goes on when it expires; nothing when left out.</summary>
    public RollOverBody? RollOver { get; set; }
}

/// <summary>What of a grant goes on when it expires, as a grant of its own.</summary>
internal sealed class RollOverBody
{
    /// <summary>How long it lasts; a month when left out.</summary>
    public CycleBody? Cycle { get; set; }

    /// <summary>IANA id: where that is counted, so that an end of a month stays one. <c>Etc/UTC</c> when left out.</summary>
    [MaxText(64)]
    public string? TimeZone { get; set; }

    /// <summary>Of what is left, more than 0 and at most 100, down to the minor unit; all of it when left out.</summary>
    public decimal? Percent { get; set; }

    /// <summary>The most that goes on, in major units; any amount when left out.</summary>
    public decimal? Maximum { get; set; }

    /// <summary>1 to 1,000; 1 when left out.</summary>
    public int? Times { get; set; }

    public RollOverSpec ToSpec() => new(
        Cycle?.ToCycle("grant.roll_over_cycle", "/rollOver/cycle/unit") ?? BillingCycle.Monthly, TimeZone ?? "Etc/UTC", Percent, Maximum, Times ?? 1);
}
