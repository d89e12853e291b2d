using System.Text.Json;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>JSON to plan: form and types only.</summary>
internal static class PlanJsonReader
{
    internal static PlanDefinition? Read(JsonElement json, List<ValidationError> errors)
    {
        if (JsonFields.Open(json, "", errors) is not { } fields)
        {
            return null;
        }

        var id = fields.Text("id", required: true) ?? "";
        var plan = new PlanDefinition(
            id,
            fields.Text("name") ?? id,
            fields.Text("currency", required: true) ?? "",
            Cycle(fields.Object("cycle")),
            fields.Choice("rounding", WordTable<LineRounding>.Instance) ?? LineRounding.HalfAwayFromZero,
            Charges(fields));
        plan = PlanTermsJson.Read(fields, plan) with { Lookups = LookupJson.Read(fields) };
        plan = LifecycleJson.Read(fields, plan);
        fields.Finish();
        return plan;
    }

    private static BillingCycle Cycle(JsonFields? fields)
    {
        if (fields is null)
        {
            return BillingCycle.Monthly;
        }

        var cycle = new BillingCycle(
            fields.Choice("unit", WordTable<CycleUnit>.Instance) ?? CycleUnit.Month, fields.Integer("count") ?? 1);
        fields.Finish();
        return cycle;
    }

    private static List<ChargeDefinition> Charges(JsonFields fields)
    {
        var charges = new List<ChargeDefinition>();
        foreach (var (json, pointer) in fields.Items("charges", PlanLimits.MaxCharges, required: true) ?? [])
        {
            if (ChargeJsonReader.Read(json, pointer, fields.Errors) is { } charge)
            {
                charges.Add(charge);
            }
        }

        return charges;
    }
}
