using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Gateway.Usage;

/// <summary>
/// Reads one event from JSON, in the compact form or as a CloudEvent, field by field. The first fault is kept and the
/// rest of the event is passed over; broken JSON throws, and with it falls the whole request.
/// </summary>
internal ref partial struct EventReader
{
    private readonly StringCache _strings;
    private readonly ref IntakeEvent _into;
    private readonly string _parent;
    private readonly int _index;
    private EventFields _seen;
    private string? _device;
    private string? _meter;
    private string? _source;
    private string? _unit;
    private KeyValuePair<string, string>[]? _dimensions;
    private string? _session;
    private string? _phase;
    private string? _operation;
    private string? _identifier;
    private long _unixTicks;
    private decimal _value;

    /// <param name="strings">Gives strings that come again.</param>
    /// <param name="into">Where the event goes.</param>
    /// <param name="parent">JSON pointer of the list that the event is in, or of the event itself.</param>
    /// <param name="index">Place in the list; -1 for an event in no list.</param>
    public EventReader(StringCache strings, ref IntakeEvent into, string parent, int index)
    {
        _strings = strings;
        _into = ref into;
        _parent = parent;
        _index = index;
    }

    /// <summary>The id of a compact event that has none; null when it needs one.</summary>
    public string? OwnId { get; init; }

    /// <summary>Reads a compact event; the reader stands at its first token, and at its last afterwards.</summary>
    public void ReadCompact(ref Utf8JsonReader json)
    {
        if (!IsObject(ref json))
        {
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8))
            {
                ReadId(ref json);
            }
            else if (json.ValueTextEquals("device"u8))
            {
                _device = ReadEntityId(ref json, EventFields.Device, "device", EventFault.DeviceInvalid);
            }
            else if (json.ValueTextEquals("meter"u8))
            {
                _meter = ReadEntityId(ref json, EventFields.Meter, "meter", EventFault.MeterInvalid);
            }
            else if (json.ValueTextEquals("time"u8))
            {
                ReadTime(ref json);
            }
            else if (!ReadMeasure(ref json, ""))
            {
                RefuseField(ref json, "");
            }
        }
        TakeOwnId();
        Finish(cloudEvent: false);
    }

    private void TakeOwnId()
    {
        if ((_seen & EventFields.Id) == 0 && EntityId.IsValid(OwnId))
        {
            _seen |= EventFields.Id;
            _into.Id = OwnId!;
        }
    }

    /// <summary>Value, unit, dimensions and those with a field of their own, which both forms have; false for another field.</summary>
    private bool ReadMeasure(ref Utf8JsonReader json, string parent)
    {
        if (json.ValueTextEquals("value"u8))
        {
            ReadValue(ref json, parent);
            return true;
        }
        if (json.ValueTextEquals("unit"u8))
        {
            ReadUnit(ref json, parent);
            return true;
        }
        if (json.ValueTextEquals("dimensions"u8))
        {
            ReadDimensions(ref json, parent);
            return true;
        }
        if (json.ValueTextEquals("identifier"u8))
        {
            ReadIdentifier(ref json, parent);
            return true;
        }
        return ReadNamedDimension(ref json, parent);
    }

    private bool IsObject(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }
        json.Skip();
        Fail(EventFault.NotAnObject, "");
        return false;
    }

    private void ReadId(ref Utf8JsonReader json)
    {
        Begin(ref json, EventFields.Id, "id");
        var id = json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= EntityId.MaxLength * 6
            ? Text(ref json)
            : null;
        if (EntityId.IsValid(id))
        {
            _into.Id = id!;
        }
        else
        {
            json.Skip();
            Fail(EventFault.IdInvalid, "/id");
        }
    }

    private string? ReadEntityId(ref Utf8JsonReader json, EventFields field, string name, EventFault fault)
    {
        Begin(ref json, field, name);
        string? id = null;
        if (json.TokenType == JsonTokenType.String)
        {
            id = json.ValueIsEscaped ? Text(ref json) : _strings.Id(json.ValueSpan);
        }
        if (id is null || (json.ValueIsEscaped && !EntityId.IsValid(id)))
        {
            json.Skip();
            Fail(fault, $"/{name}");
            return null;
        }
        return id;
    }

    private void ReadTime(ref Utf8JsonReader json)
    {
        Begin(ref json, EventFields.Time, "time");
        var read = json.TokenType == JsonTokenType.String && (json.ValueIsEscaped
            ? TimeText.TryParse(Encoding.UTF8.GetBytes(Text(ref json) ?? ""), out _unixTicks)
            : TimeText.TryParse(json.ValueSpan, out _unixTicks));
        if (!read)
        {
            json.Skip();
            Fail(EventFault.TimeInvalid, "/time");
        }
    }

    private void ReadValue(ref Utf8JsonReader json, string parent)
    {
        Begin(ref json, EventFields.Value, "value");
        var error = json switch
        {
            { TokenType: JsonTokenType.Number } or { TokenType: JsonTokenType.String, ValueIsEscaped: false } =>
                QuantityText.Parse(json.ValueSpan, out _value),
            { TokenType: JsonTokenType.String } =>
                QuantityText.Parse(Encoding.UTF8.GetBytes(Text(ref json) ?? ""), out _value),
            _ => QuantityError.Invalid,
        };
        if (error != QuantityError.None)
        {
            json.Skip();
            Fail(error == QuantityError.Invalid ? EventFault.ValueInvalid : EventFault.ValueOutOfRange,
                $"{parent}/value");
        }
    }

    private void ReadUnit(ref Utf8JsonReader json, string parent)
    {
        Begin(ref json, EventFields.Unit, "unit");
        if (json.TokenType == JsonTokenType.Null)
        {
            return;
        }
        _unit = ShortText(ref json);
        if (_unit is null)
        {
            json.Skip();
            Fail(EventFault.UnitInvalid, $"{parent}/unit");
        }
    }

    /// <summary>Moves to the value of a field that may come only once.</summary>
    private void Begin(ref Utf8JsonReader json, EventFields field, string name)
    {
        json.Read();
        if ((_seen & field) != 0)
        {
            Fail(EventFault.FieldDuplicate, $"/{name}");
        }
        _seen |= field;
    }

    private void RefuseField(ref Utf8JsonReader json, string parent)
    {
        if (_into.Fault is null)
        {
            Fail(EventFault.FieldUnknown, Requests.JsonPointer.Append(parent, Text(ref json) ?? "?"));
        }
        json.Read();
        json.Skip();
    }

    private void Fail(EventFault fault, string at)
    {
        if (_into.Fault is null)
        {
            _into.Fault = fault;
            _into.Pointer = _index < 0 ? _parent + at : $"{_parent}/{_index}{at}";
        }
    }

    /// <summary>A text of 1 to 64 printable characters, else null.</summary>
    private readonly string? ShortText(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)
            || json.ValueSpan.Length > UsageLimits.MaxDimensionLength * 6)
        {
            return null;
        }
        var text = json.ValueIsEscaped ? Text(ref json) : _strings.Text(json.ValueSpan);
        return text is { Length: >= 1 and <= UsageLimits.MaxDimensionLength } && !text.Any(IsUnprintable) ? text : null;
    }

    private static bool IsUnprintable(char c) => char.IsControl(c) || char.IsSurrogate(c);

    private static string? Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return null;
        }
    }
}
