using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Gateway.Usage;

/// <content>
/// CloudEvents 1.0: subject is the device, type the meter, data the measure; data may name an identifier instead of a subject. Extension attributes are allowed and not
/// read.
/// </content>
internal ref partial struct EventReader
{
    /// <summary>Reads a CloudEvent in the JSON format; the reader stands at its first token, and at its last
    /// afterwards.</summary>
    public void ReadCloudEvent(ref Utf8JsonReader json)
    {
        if (!IsObject(ref json))
        {
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadAttribute(ref json);
        }
        Finish(cloudEvent: true);
    }

    /// <summary>Takes an attribute from a header of the binary mode; empty for a header that is not there.</summary>
    public void TakeHeaders(string version, string source, string id, string type, string subject, string time)
    {
        Check(version == "1.0", EventFault.VersionUnsupported, "ce-specversion", EventFields.Version);
        Check(IsSource(source), EventFault.SourceInvalid, "ce-source", EventFields.Source);
        Check(EntityId.IsValid(id), EventFault.IdInvalid, "ce-id", EventFields.Id);
        Check(EntityId.IsValid(type), EventFault.MeterInvalid, "ce-type", EventFields.Meter);
        if (subject.Length > 0)
        {
            Check(EntityId.IsValid(subject), EventFault.DeviceInvalid, "ce-subject", EventFields.Device);
        }
        var read = TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(time), out _unixTicks);
        Check(read, EventFault.TimeInvalid, "ce-time", EventFields.Time);
        (_source, _into.Id, _meter, _device) = (source, id, type, subject);
    }

    /// <summary>Reads the body of the binary mode: the data.</summary>
    public void ReadBinaryData(ref Utf8JsonReader json)
    {
        ReadData(ref json, "");
        Finish(cloudEvent: true, subject: "ce-subject");
    }

    private void Check(bool valid, EventFault fault, string header, EventFields field)
    {
        _seen |= field;
        if (!valid && _into.Fault is null)
        {
            (_into.Fault, _into.Pointer) = (fault, header);
        }
    }

    private void ReadAttribute(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("id"u8))
        {
            ReadId(ref json);
        }
        else if (json.ValueTextEquals("source"u8))
        {
            ReadSource(ref json);
        }
        else if (json.ValueTextEquals("subject"u8))
        {
            _device = ReadEntityId(ref json, EventFields.Device, "subject", EventFault.DeviceInvalid);
        }
        else if (json.ValueTextEquals("type"u8))
        {
            _meter = ReadEntityId(ref json, EventFields.Meter, "type", EventFault.MeterInvalid);
        }
        else if (json.ValueTextEquals("time"u8))
        {
            ReadTime(ref json);
        }
        else if (json.ValueTextEquals("data"u8))
        {
            Begin(ref json, EventFields.Data, "data");
            ReadData(ref json, "/data");
        }
        else if (json.ValueTextEquals("specversion"u8))
        {
            ReadVersion(ref json);
        }
        else
        {
            ReadExtension(ref json);
        }
    }

    private void ReadExtension(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("data_base64"u8))
        {
            Fail(EventFault.DataInvalid, "/data_base64");
        }
        json.Read();
        json.Skip();
    }

    private void ReadVersion(ref Utf8JsonReader json)
    {
        Begin(ref json, EventFields.Version, "specversion");
        if (json.TokenType != JsonTokenType.String || !json.ValueTextEquals("1.0"u8))
        {
            json.Skip();
            Fail(EventFault.VersionUnsupported, "/specversion");
        }
    }

    private void ReadSource(ref Utf8JsonReader json)
    {
        Begin(ref json, EventFields.Source, "source");
        if (json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= UsageLimits.MaxSourceLength * 6)
        {
            _source = json.ValueIsEscaped ? Text(ref json) : _strings.Text(json.ValueSpan);
        }
        if (!IsSource(_source))
        {
            json.Skip();
            Fail(EventFault.SourceInvalid, "/source");
        }
    }

    private void ReadData(ref Utf8JsonReader json, string pointer)
    {
        _seen |= EventFields.Data;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            Fail(EventFault.DataInvalid, pointer);
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadMeasure(ref json, pointer))
            {
                RefuseField(ref json, pointer);
            }
        }
    }

    private static bool IsSource(string? source) =>
        source is { Length: >= 1 and <= UsageLimits.MaxSourceLength } && !source.Any(IsUnprintable);

    private void Finish(bool cloudEvent, string subject = "/subject")
    {
        RequireField(cloudEvent, EventFields.Version, EventFault.VersionUnsupported, "/specversion");
        RequireField(true, EventFields.Id, EventFault.IdInvalid, "/id");
        RequireField(cloudEvent, EventFields.Source, EventFault.SourceInvalid, "/source");
        RequireDevice(cloudEvent ? subject : "/device", cloudEvent ? "/data/identifier" : "/identifier");
        RequireField(true, EventFields.Meter, EventFault.MeterInvalid, cloudEvent ? "/type" : "/meter");
        RequireField(true, EventFields.Time, EventFault.TimeInvalid, "/time");
        RequireField(cloudEvent, EventFields.Data, EventFault.DataInvalid, "/data");
        RequireField(true, EventFields.Value, EventFault.ValueInvalid, cloudEvent ? "/data/value" : "/value");
        if (!Dimensions.TryAdd(ref _dimensions, _session, _phase, _operation))
        {
            Fail(EventFault.NamedDimensionInvalid, cloudEvent ? "/data/dimensions" : "/dimensions");
        }
        if (_into.Fault is not null)
        {
            return;
        }
        _into.Event = new UsageEvent
        {
            Id = EventIdentity.Compose(_source, _into.Id),
            Device = _identifier ?? _device!,
            Identifier = _identifier,
            Meter = _meter!,
            UnixTicks = _unixTicks,
            Value = _value,
            Unit = _unit,
            Dimensions = _dimensions,
        };
    }

    private void RequireField(bool needed, EventFields field, EventFault fault, string at)
    {
        if (needed && (_seen & field) == 0)
        {
            Fail(fault, at);
        }
    }
}
