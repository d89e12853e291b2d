using OrleansBilling.Core.Devices;

namespace OrleansBilling.Gateway.Usage;

/// <summary>Why one event is refused before it is sent to its device.</summary>
/// <param name="Code">Stable and dotted; listed in docs/api.md.</param>
/// <param name="Message">For people.</param>
internal sealed record EventFault(string Code, string Message)
{
    public static readonly EventFault NotAnObject = new("usage.event_invalid", "An event is a JSON object.");

    public static readonly EventFault IdInvalid =
        new("usage.id_invalid",
            "An event needs an id of 1 to 128 printable characters, with no white space at its ends.");

    public static readonly EventFault SourceInvalid =
        new("usage.source_invalid", "A CloudEvent needs a source of 1 to 1024 printable characters.");

    public static readonly EventFault DeviceInvalid =
        new("usage.device_invalid", "An event needs the device's id: 'device', or 'subject' of a CloudEvent; or an 'identifier'.");

    public static readonly EventFault IdentifierInvalid = new("usage.identifier_invalid",
        "An identifier is an object { \"kind\", \"value\" } of two texts, for example { \"kind\": \"imsi\", \"value\": \"262011234567890\" }.");

    public static readonly EventFault DeviceAndIdentifier = new("usage.device_and_identifier",
        "Name the device or an identifier, not both: the identifier's owner at the time of the event is the device.");

    public static readonly EventFault MeterInvalid =
        new("usage.meter_invalid", "An event needs the meter's id: 'meter', or 'type' of a CloudEvent.");

    public static readonly EventFault TimeInvalid = new("usage.time_invalid",
        "An event needs the time of use as RFC 3339 with an offset, for example \"2026-01-31T08:00:00Z\".");

    public static readonly EventFault ValueInvalid = new("usage.value_invalid",
        "An event needs a value: a decimal string such as \"1.5\", or a JSON number. NaN and Infinity are no values.");

    public static readonly EventFault ValueOutOfRange = new("usage.value_out_of_range",
        "The value must be below 10^15 and have at most 12 digits after the point.");

    public static readonly EventFault UnitInvalid =
        new("usage.unit_invalid", "The unit must be a text of 1 to 64 characters; leave it out for the meter's own.");

    public static readonly EventFault DimensionsInvalid = new("usage.dimensions_invalid",
        "Dimensions are an object of at most 16 texts; names and values have 1 to 64 characters, no name twice.");

    public static readonly EventFault NamedDimensionInvalid = new("usage.dimensions_invalid",
        "'session', 'phase' and 'operation' are texts of 1 to 64 characters. They are dimensions of these names: give each once, at most 16 in "
        + "all.");

    public static readonly EventFault FieldUnknown = new("usage.field_unknown",
        "There is no such field. An event has id, device or identifier, meter, time, value, unit, dimensions, session, phase and operation; "
        + "data has those from value on, and identifier.");

    /// <summary>Of an identifier whose kind is unknown, or whose value is none of that kind.</summary>
    public static EventFault Identifier(string kind) => IdentifierKinds.Has(kind)
        ? new("identifier.value_invalid", $"The value of an identifier of kind '{kind}' is {IdentifierKinds.FormOf(kind)}.")
        : new("identifier.kind_unknown", $"The kind is one of: {IdentifierKinds.All}.");

    public static readonly EventFault FieldDuplicate = new("usage.field_duplicate", "The field is given twice.");

    public static readonly EventFault VersionUnsupported =
        new("usage.specversion_unsupported", "Only CloudEvents with specversion \"1.0\" are understood.");

    public static readonly EventFault DataInvalid = new("usage.data_invalid",
        "The data of a CloudEvent is a JSON object { \"value\", \"unit\"?, \"dimensions\"? }, with no data_base64.");
}
