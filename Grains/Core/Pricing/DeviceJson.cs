using System.Text.Json;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of what a charge says about devices: <c>allowance</c>, <c>states</c> and <c>fromStates</c>.</summary>
internal static class DeviceJson
{
    private const int MaxStates = 16;

    internal static AllowanceDefinition? Allowance(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var allowance = new AllowanceDefinition(
            fields.Number("perDevice", required: true) ?? 0m,
            fields.Choice("joiner", WordTable<MemberShare>.Instance) ?? MemberShare.Prorated,
            fields.Choice("leaver", WordTable<MemberShare>.Instance) ?? AllowanceDefinition.DefaultLeaver,
            States(fields, "states"));
        fields.Finish();
        return allowance;
    }

    internal static List<LifecycleState> States(JsonFields fields, string name)
    {
        var states = new List<LifecycleState>();
        foreach (var (json, pointer) in fields.Items(name, MaxStates) ?? [])
        {
            if (json.ValueKind == JsonValueKind.String && LifecycleStates.TryParse(json.GetString()!, out var state))
            {
                states.Add(state);
            }
            else
            {
                fields.Errors.Add(new(pointer, "plan.state_unknown", $"Name a state: {LifecycleStates.All}."));
            }
        }

        return states;
    }

    internal static void Write(Utf8JsonWriter writer, AllowanceDefinition? allowance)
    {
        if (allowance is null)
        {
            return;
        }

        writer.WriteStartObject("allowance");
        PlanJsonWriter.WriteDecimal(writer, "perDevice", allowance.PerDevice);
        PlanJsonWriter.WriteWord(writer, "joiner", allowance.Joiner);
        if (allowance.Leaver != AllowanceDefinition.DefaultLeaver)
        {
            writer.WriteString("leaver", WordTable<MemberShare>.Instance.Write(allowance.Leaver));
        }

        Write(writer, "states", allowance.States);
        writer.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<LifecycleState> states)
    {
        if (states.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var state in states)
        {
            writer.WriteStringValue(LifecycleStates.Word(state));
        }

        writer.WriteEndArray();
    }
}
