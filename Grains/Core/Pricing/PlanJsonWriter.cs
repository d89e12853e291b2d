using System.Text.Json;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Plan to canonical JSON: fixed order of properties, defaults left out.</summary>
internal static class PlanJsonWriter
{
    internal static void Write(Utf8JsonWriter writer, PlanDefinition plan)
    {
        writer.WriteStartObject();
        writer.WriteString("id", plan.Id);
        writer.WriteString("name", plan.Name);
        writer.WriteString("currency", plan.Currency);
        writer.WriteStartObject("cycle");
        writer.WriteString("unit", WordTable<CycleUnit>.Instance.Write(plan.Cycle.Unit));
        writer.WriteNumber("count", plan.Cycle.Count);
        writer.WriteEndObject();
        writer.WriteString("rounding", WordTable<LineRounding>.Instance.Write(plan.Rounding));
        LookupJson.Write(writer, plan.Lookups);
        writer.WriteStartArray("charges");
        foreach (var charge in plan.Charges)
        {
            ChargeJsonWriter.Write(writer, charge);
        }

        writer.WriteEndArray();
        PlanTermsJson.Write(writer, plan);
        LifecycleJson.Write(writer, plan);
        writer.WriteEndObject();
    }

    internal static void WriteDecimal(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteString(name, DecimalText.Format(number));
        }
    }

    internal static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    internal static void WriteWord<T>(Utf8JsonWriter writer, string name, T value)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, default))
        {
            writer.WriteString(name, WordTable<T>.Instance.Write(value));
        }
    }
}
