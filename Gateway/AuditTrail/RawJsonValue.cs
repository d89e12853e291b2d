using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>JSON that goes into an answer byte by byte as it is.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJsonValue(ReadOnlyMemory<byte> Utf8)
{
    private sealed class Converter : JsonConverter<RawJsonValue>
    {
        public override RawJsonValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Only answers have it.");

        public override void Write(Utf8JsonWriter writer, RawJsonValue value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
