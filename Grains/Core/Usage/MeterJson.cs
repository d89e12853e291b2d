using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The JSON of meters: <c>id</c>, <c>name</c>, <c>unit</c>, <c>aggregation</c>, <c>cumulative</c> with
/// <c>rolloverAt</c>, <c>per</c>, <c>uniqueOf</c>, <c>reports</c>, <c>carryOver</c>, <c>operation</c>,
/// <c>session</c>, <c>value</c>, <c>dimensions</c>,
/// <c>maxDistinct</c>, <c>eventType</c>.</summary>
public static class MeterJson
{
    private const int MaxBytes = 100_000;

    /// <summary>Reads a meter; never throws for what a caller may write.</summary>
    public static MeterParseResult Parse(ReadOnlySpan<byte> utf8) =>
        JsonText.Read(utf8.ToArray(), MaxBytes, Read, Fail);

    /// <summary>Reads a meter; never throws for what a caller may write.</summary>
    public static MeterParseResult Parse(string json) =>
        JsonText.Read(Encoding.UTF8.GetBytes(json), MaxBytes, Read, Fail);

    /// <summary>Reads a meter that is part of a document; pointers begin at the meter.</summary>
    public static MeterParseResult Parse(JsonElement json) => JsonText.Guard(json, Read, Fail);

    /// <summary>The canonical bytes: same meter, same bytes.</summary>
    public static byte[] Serialize(MeterDefinition meter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, meter);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, MeterDefinition meter)
    {
        writer.WriteStartObject();
        writer.WriteString("id", meter.Id);
        writer.WriteString("name", meter.Name);
        writer.WriteString("unit", meter.Unit);
        writer.WriteString("aggregation", meter.Aggregation);
        if (meter.Cumulative is { } cumulative)
        {
            writer.WriteStartObject("cumulative");
            if (cumulative.RolloverAt is { } rolloverAt)
            {
                writer.WriteString("rolloverAt", DecimalText.Format(rolloverAt));
            }

            writer.WriteEndObject();
        }

        WriteText(writer, "per", meter.Per);
        WriteText(writer, "uniqueOf", meter.UniqueOf);
        WriteText(writer, "reports", meter.Reports);
        if (meter.CarryOver is { } carryOver)
        {
            writer.WriteBoolean("carryOver", carryOver);
        }

        WriteText(writer, "operation", meter.Operation);
        if (meter.Session is { } session)
        {
            Write(writer, session);
        }

        WriteText(writer, "value", meter.Value);
        DimensionRulesJson.Write(writer, meter.Dimensions);
        if (meter.MaxDistinct is { } distinct)
        {
            writer.WriteNumber("maxDistinct", distinct);
        }

        WriteText(writer, "eventType", meter.EventType);
        writer.WriteEndObject();
    }

    private static MeterParseResult Read(JsonElement json)
    {
        var errors = new List<ValidationError>();
        if (JsonFields.Open(json, "", errors) is not { } fields)
        {
            return new(null, errors);
        }

        var id = fields.Text("id", required: true) ?? "";
        var meter = new MeterDefinition(
            id,
            fields.Text("name") ?? id,
            fields.Text("unit", required: true) ?? "",
            fields.Text("aggregation") ?? "sum",
            Register(fields.Object("cumulative")),
            fields.Text("per"),
            fields.Text("uniqueOf"),
            fields.Text("reports"),
            fields.Flag("carryOver"),
            fields.Text("operation"),
            Session(fields.Object("session")),
            fields.Text("value"),
            DimensionRulesJson.Read(fields),
            fields.Integer("maxDistinct"),
            fields.Text("eventType"));
        fields.Finish();
        return errors.Count == 0 ? new(meter, []) : new(null, errors);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static CumulativeRegister? Register(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var register = new CumulativeRegister(fields.Number("rolloverAt"));
        fields.Finish();
        return register;
    }

    private static void Write(Utf8JsonWriter writer, SessionRule session)
    {
        writer.WriteStartObject("session");
        writer.WriteString("reports", session.Reports);
        writer.WriteString("id", session.Id);
        writer.WriteString("phase", session.Phase);
        if (session.TimeoutSeconds is { } timeout)
        {
            writer.WriteNumber("timeoutSeconds", timeout);
        }

        writer.WriteEndObject();
    }

    private static SessionRule? Session(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var all = new SessionRule();
        var session = new SessionRule(
            fields.Text("reports") ?? all.Reports, fields.Text("id") ?? all.Id, fields.Text("phase") ?? all.Phase,
            fields.Integer("timeoutSeconds"));
        fields.Finish();
        return session;
    }

    private static MeterParseResult Fail(ValidationError error) => new(null, [error]);
}
