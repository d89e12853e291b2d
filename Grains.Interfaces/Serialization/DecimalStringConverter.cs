using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Contracts.Serialization;

/// <summary>Money and quantities travel as decimal strings, so that no reader turns them into floating point.</summary>
public sealed class DecimalStringConverter : JsonConverter<decimal>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <inheritdoc/>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number))
        {
            return number;
        }
        return reader.TokenType == JsonTokenType.String
            && decimal.TryParse(reader.GetString(), Style, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("A decimal string is expected, for example \"12.50\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
