using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Gateway.Api;

/// <summary>Writes money as major units with every digit of the minor unit; its currency stands beside it in the
/// answer.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Money is only written: its text does not say its currency.");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
