using NodaTime;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Changes usage of the device and event in the address; at least one of value, dimensions and time.</summary>
/// <param name="Id">Unique per device, for ever; the same content again is answered the same.</param>
/// <param name="Reason">For people; at most 500 characters.</param>
/// <param name="Source">Source of a CloudEvent; left out for other events.</param>
/// <param name="Position">Of the event, as the answer to it said: saves reading the archive.</param>
/// <param name="SentTime">The time that the event was sent with: saves reading most of the archive.</param>
/// <param name="Value">The right value.</param>
/// <param name="Unit">Of the value; the meter's when left out.</param>
/// <param name="Dimensions">The right dimensions, all of them; an empty object takes them away.</param>
/// <param name="Time">When it was used.</param>
internal sealed record AmendmentShape(
    string Id,
    string Reason,
    string? Source,
    string? Position,
    Instant? SentTime,
    decimal? Value,
    string? Unit,
    Dictionary<string, string>? Dimensions,
    Instant? Time);

/// <summary>Many corrections.</summary>
/// <param name="Corrections">At most 1,000.</param>
internal sealed record CorrectionBatchShape(CorrectionItemShape[] Corrections);

/// <summary>One of many.</summary>
/// <param name="Id">Unique per device, for ever; the same content again is answered the same.</param>
/// <param name="Device">Whose usage it is.</param>
/// <param name="Event">Id of the event.</param>
/// <param name="Action">void or amend.</param>
/// <param name="Reason">For people; at most 500 characters.</param>
/// <param name="Source">Source of a CloudEvent; left out for other events.</param>
/// <param name="Position">Of the event, as the answer to it said: saves reading the archive.</param>
/// <param name="SentTime">The time that the event was sent with: saves reading most of the archive.</param>
/// <param name="Value">The right value; only to amend, like what follows.</param>
/// <param name="Unit">Of the value; the meter's when left out.</param>
/// <param name="Dimensions">The right dimensions, all of them; an empty object takes them away.</param>
/// <param name="Time">When it was used.</param>
internal sealed record CorrectionItemShape(
    string Id,
    string Device,
    string Event,
    string Action,
    string Reason,
    string? Source,
    string? Position,
    Instant? SentTime,
    decimal? Value,
    string? Unit,
    Dictionary<string, string>? Dimensions,
    Instant? Time);
