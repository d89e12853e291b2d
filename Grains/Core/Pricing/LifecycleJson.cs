using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of what a plan says about a subscription's life: <c>trial</c>, <c>phases</c>, <c>term</c>,
/// <c>pausedUsage</c>; and <c>deviceStates</c>.</summary>
internal static class LifecycleJson
{
    internal static PlanDefinition Read(JsonFields fields, PlanDefinition plan) => plan with
    {
        Trial = Trial(fields.Object("trial")),
        Phases = Phases(fields),
        Term = Term(fields.Object("term")),
        PausedUsage = fields.Choice("pausedUsage", WordTable<UsageInPause>.Instance) ?? UsageInPause.Quarantined,
        DeviceStates = DeviceStateJson.Read(fields),
    };

    internal static void Write(Utf8JsonWriter writer, PlanDefinition plan)
    {
        Write(writer, plan.Trial);
        Write(writer, plan.Phases);
        Write(writer, plan.Term);
        PlanJsonWriter.WriteWord(writer, "pausedUsage", plan.PausedUsage);
        DeviceStateJson.Write(writer, plan.DeviceStates);
    }

    private static TrialDefinition? Trial(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var trial = new TrialDefinition(
            fields.Integer("days"), fields.Integer("periods"),
            fields.Choice("usage", WordTable<UsageInTrial>.Instance) ?? UsageInTrial.Free, fields.Flag("repeat") ?? false);
        fields.Finish();
        return trial;
    }

    private static List<PhaseDefinition> Phases(JsonFields fields)
    {
        var phases = new List<PhaseDefinition>();
        foreach (var (json, pointer) in fields.Items("phases", PlanLimits.MaxPhases) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } phase)
            {
                phases.Add(new(
                    phase.Text("name") ?? $"Phase {phases.Count + 1}", phase.Integer("periods") ?? 0, PlanOverridesJson.Terms(phase)));
                phase.Finish();
            }
        }

        return phases;
    }

    private static TermDefinition? Term(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var term = new TermDefinition(
            fields.Integer("periods") ?? 0, fields.Flag("renew") ?? true, Fee(fields.Object("earlyTerminationFee")));
        fields.Finish();
        return term;
    }

    private static TerminationFeeDefinition? Fee(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var fee = new TerminationFeeDefinition(
            fields.Text("name") ?? "Early termination", fields.Number("amount"), fields.Number("percent"));
        fields.Finish();
        return fee;
    }

    private static void Write(Utf8JsonWriter writer, TrialDefinition? trial)
    {
        if (trial is null)
        {
            return;
        }

        writer.WriteStartObject("trial");
        WriteInteger(writer, "days", trial.Days);
        WriteInteger(writer, "periods", trial.Periods);
        PlanJsonWriter.WriteWord(writer, "usage", trial.Usage);
        if (trial.Repeat)
        {
            writer.WriteBoolean("repeat", true);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<PhaseDefinition> phases)
    {
        if (phases.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("phases");
        foreach (var phase in phases)
        {
            writer.WriteStartObject();
            writer.WriteString("name", phase.Name);
            writer.WriteNumber("periods", phase.Periods);
            PlanOverridesJson.WriteTerms(writer, phase.Terms);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, TermDefinition? term)
    {
        if (term is null)
        {
            return;
        }

        writer.WriteStartObject("term");
        writer.WriteNumber("periods", term.Periods);
        writer.WriteBoolean("renew", term.Renew);
        if (term.EarlyTerminationFee is { } fee)
        {
            writer.WriteStartObject("earlyTerminationFee");
            writer.WriteString("name", fee.Name);
            PlanJsonWriter.WriteDecimal(writer, "amount", fee.Amount);
            PlanJsonWriter.WriteDecimal(writer, "percent", fee.Percent);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    internal static void WriteInteger(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
