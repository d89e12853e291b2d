using System.Text.Json;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of <c>deviceStates</c>.</summary>
internal static class DeviceStateJson
{
    internal static List<DeviceStateRule> Read(JsonFields fields)
    {
        var rules = new List<DeviceStateRule>();
        foreach (var (json, pointer) in fields.Items("deviceStates", Enum.GetValues<LifecycleState>().Length) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } rule)
            {
                if (!rule.Has("state"))
                {
                    rule.Fail("state", "json.required", "Say which state the rule is for.");
                }

                var state = rule.Choice("state", WordTable<LifecycleState>.Instance) ?? LifecycleState.Active;
                rules.Add(new(
                    state, rule.Choice("usage", WordTable<UsageInState>.Instance), rule.Integer("activateAfterDays"),
                    rule.Integer("activateAfterMonths"), Free(rule)));
                rule.Finish();
            }
        }

        return rules;
    }

    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<DeviceStateRule> rules)
    {
        if (rules.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("deviceStates");
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("state", WordTable<LifecycleState>.Instance.Write(rule.State));
            if (rule.Usage is { } usage)
            {
                writer.WriteString("usage", WordTable<UsageInState>.Instance.Write(usage));
            }

            LifecycleJson.WriteInteger(writer, "activateAfterDays", rule.ActivateAfterDays);
            LifecycleJson.WriteInteger(writer, "activateAfterMonths", rule.ActivateAfterMonths);
            Write(writer, rule.Free);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static List<FreeUsage> Free(JsonFields fields)
    {
        var free = new List<FreeUsage>();
        foreach (var (json, pointer) in fields.Items("free", DeviceStateRule.MaxFree) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } usage)
            {
                free.Add(new(usage.Text("meter", required: true) ?? "", usage.Number("quantity", required: true) ?? 0m));
                usage.Finish();
            }
        }

        return free;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<FreeUsage> free)
    {
        if (free.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("free");
        foreach (var usage in free)
        {
            writer.WriteStartObject();
            writer.WriteString("meter", usage.Meter);
            PlanJsonWriter.WriteDecimal(writer, "quantity", usage.Quantity);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
