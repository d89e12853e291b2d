using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A quantity to grant for one charge of a subscription.</summary>
internal sealed class PackBody
{
    /// <summary>Chosen by you; the same pack sent again counts once.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>Id of a usage charge of the plan in force.</summary>
    [IdText]
    public required string Charge { get; set; }

    /// <summary>Above zero.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Of the quantities; the charge's when left out.</summary>
    [MaxText(64)]
    public string? Unit { get; set; }

    /// <summary><c>paid</c> (the default) or <c>promotional</c>.</summary>
    [MaxText(20)]
    public string? Kind { get; set; }

    /// <summary>1 to 1,000; lower is used first; 100 when left out.</summary>
    public int? Priority { get; set; }

    /// <summary>How many billing periods may use it, the present one included; any number when left out.</summary>
    public int? Periods { get; set; }

    /// <summary>The most that goes from one period into the next; all when left out.</summary>
    public decimal? CarryOver { get; set; }

    /// <summary>Your own words, for example the number of a payment.</summary>
    [MaxText(200)]
    public string? Reference { get; set; }
}
