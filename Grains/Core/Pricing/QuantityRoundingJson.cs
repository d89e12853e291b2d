using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of roundings: <c>roundTo</c>, <c>mode</c>, <c>first</c>.</summary>
internal static class QuantityRoundingJson
{
    /// <summary>An object of its own, in which <c>roundTo</c> is required.</summary>
    internal static QuantityRounding? Read(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var rounding = Of(fields, required: true);
        fields.Finish();
        return rounding;
    }

    /// <summary>The properties of a rounding beside others; null when none is given.</summary>
    internal static QuantityRounding? Of(JsonFields fields, bool required = false)
    {
        var mode = fields.Choice("mode", WordTable<RoundingMode>.Instance);
        var first = fields.Number("first");
        var roundTo = fields.Number("roundTo", required || mode is not null || first is not null);
        return roundTo is { } increment ? new(increment, mode ?? RoundingMode.Up, first) : null;
    }

    internal static void Write(Utf8JsonWriter writer, string name, QuantityRounding? rounding)
    {
        if (rounding is not null)
        {
            writer.WriteStartObject(name);
            Write(writer, rounding);
            writer.WriteEndObject();
        }
    }

    internal static void Write(Utf8JsonWriter writer, QuantityRounding? rounding)
    {
        if (rounding is not null)
        {
            PlanJsonWriter.WriteDecimal(writer, "roundTo", rounding.RoundTo);
            PlanJsonWriter.WriteWord(writer, "mode", rounding.Mode);
            PlanJsonWriter.WriteDecimal(writer, "first", rounding.First);
        }
    }
}
