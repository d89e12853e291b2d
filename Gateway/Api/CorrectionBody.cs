using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Takes back or changes usage of the device and event in the address.</summary>
internal class CorrectionBody
{
    /// <summary>Unique per device, for ever; the same content again is answered the same.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>For people.</summary>
    [MaxText(500)]
    public required string Reason { get; set; }

    /// <summary>Source of a CloudEvent; left out for other events.</summary>
    [MaxText(512)]
    public string? Source { get; set; }

    /// <summary>Of the event, as the answer to it said: saves reading the archive. Takes no part in the correction.</summary>
    [MaxText(40)]
    public string? Position { get; set; }

    /// <summary>The time that the event was sent with: saves reading most of the archive. Takes no part in the correction.</summary>
    public Instant? SentTime { get; set; }
}

/// <summary>Changes usage of the device and event in the address; at least one of value, dimensions and time.</summary>
internal class AmendmentBody : CorrectionBody
{
    /// <summary>The right value.</summary>
    public decimal? Value { get; set; }

    /// <summary>Of the value; the meter's when left out.</summary>
    [MaxText(64)]
    public string? Unit { get; set; }

    /// <summary>The right dimensions, all of them; an empty object takes them away.</summary>
    public JsonElement? Dimensions { get; set; }

    /// <summary>When it was used.</summary>
    public Instant? Time { get; set; }
}

/// <summary>One of many.</summary>
internal sealed class CorrectionItemBody : AmendmentBody
{
    /// <summary>Whose usage it is.</summary>
    [IdText]
    public required string Device { get; set; }

    /// <summary>Id of the event.</summary>
    [IdText]
    public required string Event { get; set; }

    /// <summary><c>void</c> or <c>amend</c>.</summary>
    public required string Action { get; set; }
}

/// <summary>Many corrections; each is read by itself, so that a fault in one refuses only that one.</summary>
internal sealed class CorrectionBatchBody
{
    /// <summary>An array of <see cref="CorrectionItemBody"/>, at most <see cref="CorrectionEndpoints.MaxCorrections"/>.</summary>
    public required JsonElement Corrections { get; set; }
}
