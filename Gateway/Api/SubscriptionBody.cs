using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A subscription to create.</summary>
internal sealed class SubscriptionBody
{
    /// <summary>Chosen by you.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>Id of the customer who pays.</summary>
    [IdText]
    public required string Customer { get; set; }

    /// <summary>Id of the plan.</summary>
    [IdText]
    public required string Plan { get; set; }

    /// <summary>The newest version when left out.</summary>
    public int? PlanVersion { get; set; }

    /// <summary>First instant that belongs to it; local midnight of the tenant's today when left out.</summary>
    public Instant? Start { get; set; }

    /// <summary>First instant that no longer belongs to it; left out it runs on.</summary>
    public Instant? End { get; set; }

    /// <summary>IANA id; periods begin at local midnight there. <c>Etc/UTC</c> when left out.</summary>
    [MaxText(64)]
    public string? TimeZone { get; set; }

    /// <summary>A local date (yyyy-mm-dd) on which a period begins; left out, the first of the start's month for
    /// monthly plans.</summary>
    [MaxText(10)]
    public string? AnchorDate { get; set; }

    /// <summary>What is agreed otherwise than the plan: prices of charges, and discounts beside the plan's.</summary>
    public JsonElement? Overrides { get; set; }

    /// <summary>False begins without the plan's trial.</summary>
    public bool? Trial { get; set; }
}
