using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of a plan's look-up tables: <c>lookups</c>.</summary>
internal static class LookupJson
{
    internal static List<LookupDefinition> Read(JsonFields fields)
    {
        var lookups = new List<LookupDefinition>();
        foreach (var (json, pointer) in fields.Items("lookups", PlanLimits.MaxLookups) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } lookup)
            {
                lookups.Add(new(
                    lookup.Text("dimension", required: true) ?? "", lookup.Text("from", required: true) ?? "",
                    lookup.Choice("match", WordTable<LookupMatch>.Instance) ?? LookupMatch.Exact, Values(lookup),
                    lookup.Text("otherwise")));
                lookup.Finish();
            }
        }

        return lookups;
    }

    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<LookupDefinition> lookups)
    {
        if (lookups.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("lookups");
        foreach (var lookup in lookups)
        {
            writer.WriteStartObject();
            writer.WriteString("dimension", lookup.Dimension);
            writer.WriteString("from", lookup.From);
            PlanJsonWriter.WriteWord(writer, "match", lookup.Match);
            writer.WriteStartObject("values");
            foreach (var (key, value) in lookup.Values)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            if (lookup.Otherwise is { } otherwise)
            {
                writer.WriteString("otherwise", otherwise);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static List<KeyValuePair<string, string>> Values(JsonFields fields)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var (key, json, pointer) in fields.Entries("values", PlanLimits.MaxLookupValues) ?? [])
        {
            if (json.ValueKind == JsonValueKind.String)
            {
                values.Add(new(key, json.GetString()!));
            }
            else
            {
                fields.Errors.Add(new(pointer, "json.type", "Give a text here, what the key becomes."));
            }
        }

        return values;
    }
}
