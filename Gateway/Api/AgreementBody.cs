using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>The least and the most that a customer shall pay over all subscriptions.</summary>
internal sealed class AgreementBody
{
    /// <summary>Chosen by you; unique among the customer's agreements.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>The least of a period; none when left out.</summary>
    public AgreementBoundBody? Minimum { get; set; }

    /// <summary>The most of a period; none when left out.</summary>
    public AgreementBoundBody? Maximum { get; set; }

    /// <summary>First instant of it; now when left out.</summary>
    public Instant? From { get; set; }

    /// <summary>First instant that no longer is of it; left out it goes on.</summary>
    public Instant? To { get; set; }

    /// <summary>Length of its periods; monthly when left out.</summary>
    public CycleBody? Cycle { get; set; }

    /// <summary>IANA id; periods begin at local midnight there. <c>Etc/UTC</c> when left out.</summary>
    [MaxText(64)]
    public string? TimeZone { get; set; }

    /// <summary>A local date (yyyy-mm-dd) on which a period begins; left out, the first of the month with months, else the first day.</summary>
    [MaxText(10)]
    public string? AnchorDate { get; set; }
}

/// <summary>The least or the most of a period.</summary>
internal sealed class AgreementBoundBody
{
    /// <summary>Major units, of a whole period.</summary>
    public required decimal Amount { get; set; }

    /// <summary>Of its line on the bill.</summary>
    [MaxText(200)]
    public string? Name { get; set; }

    /// <summary>By local days in a part of a period; true for a minimum and false for a maximum when left out.</summary>
    public bool? Prorate { get; set; }

    /// <summary>Of a maximum: whether reservations of quota, of all subscriptions together, end at it; false when left out.</summary>
    public bool? Block { get; set; }
}

/// <summary>When an agreement ends.</summary>
internal sealed class AgreementEndBody
{
    /// <summary>First instant that no longer is of it; now when left out.</summary>
    public Instant? At { get; set; }
}
