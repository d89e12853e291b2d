using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace OrleansBilling.Gateway.Api;

/// <summary>Durations as ISO 8601 in days and time, e.g. <c>P35D</c>.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        XmlConvert.ToTimeSpan(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
