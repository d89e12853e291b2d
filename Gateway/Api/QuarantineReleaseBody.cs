using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Which quarantined events to rate again; all of them when nothing is given.</summary>
internal sealed class QuarantineReleaseBody
{
    /// <summary>Only of this device.</summary>
    [IdText]
    public string? Device { get; set; }

    /// <summary>Only of this meter.</summary>
    [IdText]
    public string? Meter { get; set; }

    /// <summary>Only those with this reason, for example <c>usage.unassigned</c>.</summary>
    [MaxText(100)]
    public string? Reason { get; set; }

    /// <summary>Whether events that came after the acceptance window are billed as well. False when left out.</summary>
    public bool IncludeTooOld { get; set; }

    /// <summary>The <c>next</c> of the answer before.</summary>
    [MaxText(200)]
    public string? Cursor { get; set; }
}
