using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Usage;

/// <summary>The JSON of a meter's <c>dimensions</c>.</summary>
internal static class DimensionRulesJson
{
    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<DimensionRule>? rules)
    {
        if (rules is null)
        {
            return;
        }

        writer.WriteStartArray("dimensions");
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("name", rule.Name);
            if (rule.Value is not null)
            {
                writer.WriteString("value", rule.Value);
            }

            if (rule.Values is not null)
            {
                writer.WriteStartArray("values");
                foreach (var value in rule.Values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
            }

            if (rule.Otherwise is not null)
            {
                writer.WriteString("otherwise", rule.Otherwise);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Null when there are none, so that the same meter has one form.</summary>
    internal static DimensionRule[]? Read(JsonFields fields)
    {
        var rules = new List<DimensionRule>();
        foreach (var (json, pointer) in fields.Items("dimensions", DimensionRule.MaxRules) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is not { } rule)
            {
                continue;
            }

            rules.Add(new(
                rule.Text("name", required: true) ?? "", rule.Text("value"), Values(rule), rule.Text("otherwise")));
            rule.Finish();
        }

        return rules.Count == 0 ? null : [.. rules];
    }

    private static List<string>? Values(JsonFields rule)
    {
        if (rule.Items("values", DimensionRule.MaxValues) is not { } items)
        {
            return null;
        }

        var values = new List<string>(items.Count);
        foreach (var (json, pointer) in items)
        {
            if (json.ValueKind == JsonValueKind.String)
            {
                values.Add(json.GetString()!);
            }
            else
            {
                rule.Errors.Add(new(pointer, "json.type", "Give a text here."));
            }
        }

        return values;
    }
}
