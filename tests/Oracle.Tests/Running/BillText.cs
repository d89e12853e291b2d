using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Oracle.Running;

/// <summary>Lines as the API writes them, where a decimal has no zeros at its end.</summary>
internal static class BillText
{
    private static readonly JsonSerializerOptions Options = Make();

    internal static string Of(InvoiceLine[] lines) => JsonSerializer.Serialize(lines, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions { Converters = { new ShortDecimal() } };
        BillingJson.Configure(options);
        return options;
    }

    private sealed class ShortDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Bills are only written.");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DecimalText.Format(value));
    }
}
