using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Quota that a device asks for.</summary>
internal sealed class ReservationBody
{
    /// <summary>Chosen by you; sending it again is safe.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>Id of the meter that will report the usage.</summary>
    [IdText]
    public required string Meter { get; set; }

    /// <summary>Wanted; above zero.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Less than this is refused.</summary>
    public decimal? Minimum { get; set; }

    /// <summary>Of both quantities; the meter's when left out.</summary>
    [MaxText(32)]
    public string? Unit { get; set; }

    /// <summary>That the usage will have.</summary>
    public JsonElement? Dimensions { get; set; }

    /// <summary>For how long it is reserved: 1 to 86,400 seconds, 300 when left out.</summary>
    public int? LeaseSeconds { get; set; }
}

/// <summary>What was used since the last report.</summary>
internal sealed class ReservationReportBody
{
    /// <summary>1, 2, 3 …; sending one again is safe.</summary>
    public required int Number { get; set; }

    /// <summary>Used since the report before; zero for nothing.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Of all quantities; the meter's when left out.</summary>
    [MaxText(32)]
    public string? Unit { get; set; }

    /// <summary>When it was used; now when left out.</summary>
    public Instant? Time { get; set; }

    /// <summary>A new grant in place of what is left.</summary>
    public ReservationNextBody? Next { get; set; }
}

/// <summary>What is wanted after a report.</summary>
internal sealed class ReservationNextBody
{
    /// <summary>Above zero.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>1 to 86,400 seconds from the report on; 300 when left out.</summary>
    public int? LeaseSeconds { get; set; }
}

/// <summary>The last report of a reservation.</summary>
internal sealed class ReservationReleaseBody
{
    /// <summary>The next number of a report.</summary>
    public required int Number { get; set; }

    /// <summary>Used since the report before; nothing when left out.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Of the quantity; the meter's when left out.</summary>
    [MaxText(32)]
    public string? Unit { get; set; }

    /// <summary>When it was used; now when left out.</summary>
    public Instant? Time { get; set; }
}
