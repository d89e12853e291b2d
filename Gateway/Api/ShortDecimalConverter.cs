using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Gateway.Api;

/// <summary>Writes decimals as strings without trailing zeros.</summary>
internal sealed class ShortDecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DecimalText.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("A decimal string is expected.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DecimalText.Format(value));
}
