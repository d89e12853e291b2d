using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of what a plan says about the whole bill: <c>minimum</c>, <c>maximum</c>, <c>discounts</c>.</summary>
internal static class PlanTermsJson
{
    internal static PlanDefinition Read(JsonFields fields, PlanDefinition plan) => plan with
    {
        Minimum = Commitment(fields.Object(CommitmentDefinition.MinimumId), "Minimum commitment", prorate: true),
        Maximum = Commitment(fields.Object(CommitmentDefinition.MaximumId), "Maximum", prorate: false),
        Discounts = Discounts(fields),
    };

    internal static void Write(Utf8JsonWriter writer, PlanDefinition plan)
    {
        Write(writer, CommitmentDefinition.MinimumId, plan.Minimum);
        Write(writer, CommitmentDefinition.MaximumId, plan.Maximum);
        Write(writer, plan.Discounts);
    }

    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<DiscountDefinition> discounts)
    {
        if (discounts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("discounts");
        foreach (var discount in discounts)
        {
            writer.WriteStartObject();
            writer.WriteString("id", discount.Id);
            writer.WriteString("name", discount.Name);
            PlanJsonWriter.WriteDecimal(writer, "percent", discount.Percent);
            PlanJsonWriter.WriteDecimal(writer, "amount", discount.Amount);
            if (discount.Charges.Count > 0)
            {
                PlanJsonWriter.WriteTexts(writer, "charges", discount.Charges);
            }

            if (discount.Periods is { } periods)
            {
                writer.WriteNumber("periods", periods);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static CommitmentDefinition? Commitment(JsonFields? fields, string name, bool prorate)
    {
        if (fields is null)
        {
            return null;
        }

        var commitment = new CommitmentDefinition(
            fields.Number("amount", required: true) ?? 0m, fields.Text("name") ?? name, fields.Flag("prorate") ?? prorate)
        {
            Block = fields.Flag("block") ?? false,
        };
        fields.Finish();
        return commitment;
    }

    internal static List<DiscountDefinition> Discounts(JsonFields fields)
    {
        var discounts = new List<DiscountDefinition>();
        foreach (var (json, pointer) in fields.Items("discounts", PlanLimits.MaxDiscounts) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } discount)
            {
                var id = discount.Text("id", required: true) ?? "";
                discounts.Add(new(
                    id, discount.Text("name") ?? id, discount.Number("percent"), discount.Number("amount"), Charges(discount),
                    discount.Integer("periods")));
                discount.Finish();
            }
        }

        return discounts;
    }

    private static List<string> Charges(JsonFields fields)
    {
        var charges = new List<string>();
        var items = fields.Items("charges", PlanLimits.MaxCharges);
        foreach (var (json, pointer) in items ?? [])
        {
            if (json.ValueKind == JsonValueKind.String)
            {
                charges.Add(json.GetString()!);
            }
            else
            {
                fields.Errors.Add(new(pointer, "json.type", "Give the id of a charge here."));
            }
        }

        if (items is { Count: 0 })
        {
            fields.Fail("charges", "plan.discount_charges_empty", "Name at least one charge, or leave it out for all.");
        }

        return charges;
    }

    private static void Write(Utf8JsonWriter writer, string property, CommitmentDefinition? commitment)
    {
        if (commitment is null)
        {
            return;
        }

        writer.WriteStartObject(property);
        PlanJsonWriter.WriteDecimal(writer, "amount", commitment.Amount);
        writer.WriteString("name", commitment.Name);
        writer.WriteBoolean("prorate", commitment.Prorate);
        if (commitment.Block)
        {
            writer.WriteBoolean("block", true);
        }

        writer.WriteEndObject();
    }
}
