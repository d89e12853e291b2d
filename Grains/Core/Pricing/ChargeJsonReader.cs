using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>JSON to charge: form and types only.</summary>
internal static class ChargeJsonReader
{
    internal static ChargeDefinition? Read(
        JsonElement json, string pointer, List<ValidationError> errors, bool idRequired = true)
    {
        if (JsonFields.Open(json, pointer, errors) is not { } fields)
        {
            return null;
        }

        var id = fields.Text("id", idRequired) ?? "charge";
        var meter = fields.Text("meter");
        var charge = new ChargeDefinition
        {
            Id = id,
            Name = fields.Text("name") ?? id,
            TaxClass = fields.Text("taxClass"),
            Meter = meter,
            Kind = fields.Choice("kind", WordTable<ChargeKind>.Instance)
                ?? (meter is null && idRequired ? ChargeKind.Recurring : ChargeKind.Usage),
            Unit = fields.Text("unit"),
            Of = fields.Choice("of", WordTable<UsageBasis>.Instance) ?? UsageBasis.Value,
            Where = IsExpression(fields) ? [] : Where(fields),
            Filter = IsExpression(fields) ? fields.Text("where") : null,
            PerEvent = PerEvent(fields.Object("perEvent")),
            PerSession = QuantityRoundingJson.Read(fields.Object("perSession")),
            PerDevice = QuantityRoundingJson.Read(fields.Object("perDevice")),
            PerLine = QuantityRoundingJson.Read(fields.Object("perLine")),
            Price = PriceJsonReader.Read(fields),
            TimeOfUse = TimeJsonReader.TimeOfUse(fields.Object("timeOfUse")),
            Schedule = TimeJsonReader.Schedule(fields.Object("schedule")),
            FreeQuantity = fields.Number("freeQuantity"),
            Allowance = DeviceJson.Allowance(fields.Object("allowance")),
            Allowances = AllowancesJson.Read(fields),
            PoolLimitPerDevice = fields.Number("poolLimitPerDevice"),
            DiscountPercent = fields.Number("discountPercent"),
            Minimum = fields.Number("minimum"),
            Maximum = fields.Number("maximum"),
            ProrateBounds = fields.Flag("prorateBounds") ?? false,
            BlockAt = fields.Choice("blockAt", WordTable<BlockAt>.Instance) ?? BlockAt.None,
            Proration = fields.Choice("proration", WordTable<RecurringProration>.Instance) ?? RecurringProration.Day,
            Per = fields.Choice("per", WordTable<RecurringPer>.Instance) ?? RecurringPer.Period,
            States = DeviceJson.States(fields, "states"),
            FromStates = DeviceJson.States(fields, "fromStates"),
        };
        fields.Finish();
        return charge;
    }

    /// <summary>Whether the filter is an expression.</summary>
    private static bool IsExpression(JsonFields fields) => fields.Element("where") is { ValueKind: JsonValueKind.String };

    internal static List<WhereClause> Where(JsonFields fields)
    {
        var clauses = new List<WhereClause>();
        foreach (var (dimension, json, pointer) in fields.Entries("where", PlanLimits.MaxWhereDimensions) ?? [])
        {
            if (json.ValueKind == JsonValueKind.Array
                && json.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String))
            {
                clauses.Add(new(dimension, [.. json.EnumerateArray().Select(v => v.GetString()!)]));
            }
            else
            {
                fields.Errors.Add(new(pointer, "json.type", "Give an array of texts here, the values to match."));
            }
        }

        return clauses;
    }

    private static PerEventRule? PerEvent(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var rule = new PerEventRule(fields.Number("free"), fields.Number("roundUpTo"), QuantityRoundingJson.Of(fields));
        fields.Finish();
        return rule;
    }
}
