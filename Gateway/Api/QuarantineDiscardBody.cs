using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Which quarantined events to discard, and why. At least one of device, meter and quarantined must be given.</summary>
internal sealed class QuarantineDiscardBody
{
    /// <summary>At most 100 characters. Each event's correction is named by it and by the event's position, so that a repeat is safe.</summary>
    [MaxText(100)]
    public required string Id { get; set; }

    /// <summary>Why; for people.</summary>
    [MaxText(500)]
    public required string Reason { get; set; }

    /// <summary>Only of this device.</summary>
    [IdText]
    public string? Device { get; set; }

    /// <summary>Only of this meter.</summary>
    [IdText]
    public string? Meter { get; set; }

    /// <summary>Only those in quarantine for this reason, for example <c>usage.unassigned</c>.</summary>
    [MaxText(100)]
    public string? Quarantined { get; set; }

    /// <summary>The <c>next</c> of the answer before.</summary>
    [MaxText(200)]
    public string? Cursor { get; set; }
}
