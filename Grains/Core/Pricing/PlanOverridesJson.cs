using System.Buffers;
using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>
/// The JSON of overrides: <c>charges</c>, each with the <c>id</c> of one of the plan and what replaces its terms in the words of
/// plans, and <c>discounts</c> as in plans.
/// </summary>
public static class PlanOverridesJson
{
    /// <summary>Reads overrides that are part of a document; pointers begin at the overrides. Never throws for what a caller may
    /// write.</summary>
    public static PlanOverridesParseResult Parse(JsonElement json) => JsonText.Guard(json, Read, error => new(null, [error]));

    /// <summary>The canonical bytes: same overrides, same bytes; parsing them gives the same again.</summary>
    public static byte[] Serialize(PlanOverrides overrides)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, overrides);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static PlanOverrides? Read(JsonElement json, string pointer, List<ValidationError> errors)
    {
        if (JsonFields.Open(json, pointer, errors) is not { } fields)
        {
            return null;
        }

        var overrides = Terms(fields);
        fields.Finish();
        return overrides;
    }

    /// <summary>Reads them where they stand beside other properties.</summary>
    internal static PlanOverrides Terms(JsonFields fields) => new(Charges(fields), PlanTermsJson.Discounts(fields));

    private static PlanOverridesParseResult Read(JsonElement json)
    {
        var errors = new List<ValidationError>();
        var overrides = Read(json, "", errors);
        return errors.Count == 0 ? new(overrides, []) : new(null, errors);
    }

    private static List<ChargeOverride> Charges(JsonFields fields)
    {
        var charges = new List<ChargeOverride>();
        foreach (var (json, pointer) in fields.Items("charges", PlanLimits.MaxCharges) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } charge)
            {
                charges.Add(new()
                {
                    Charge = charge.Text("id", required: true) ?? "",
                    Price = PriceJsonReader.Read(charge),
                    TimeOfUse = TimeJsonReader.TimeOfUse(charge.Object("timeOfUse")),
                    FreeQuantity = charge.Number("freeQuantity"),
                    DiscountPercent = charge.Number("discountPercent"),
                    Minimum = charge.Number("minimum"),
                    Maximum = charge.Number("maximum"),
                });
                charge.Finish();
            }
        }

        return charges;
    }

    private static void Write(Utf8JsonWriter writer, PlanOverrides overrides)
    {
        writer.WriteStartObject();
        WriteTerms(writer, overrides);
        writer.WriteEndObject();
    }

    /// <summary>Writes them beside other properties.</summary>
    internal static void WriteTerms(Utf8JsonWriter writer, PlanOverrides overrides)
    {
        if (overrides.Charges.Count > 0)
        {
            writer.WriteStartArray("charges");
            foreach (var charge in overrides.Charges)
            {
                Write(writer, charge);
            }

            writer.WriteEndArray();
        }

        PlanTermsJson.Write(writer, overrides.Discounts);
    }

    private static void Write(Utf8JsonWriter writer, ChargeOverride charge)
    {
        writer.WriteStartObject();
        writer.WriteString("id", charge.Charge);
        ChargeJsonWriter.WritePrice(writer, charge.Price);
        PlanJsonWriter.WriteDecimal(writer, "freeQuantity", charge.FreeQuantity);
        PlanJsonWriter.WriteDecimal(writer, "discountPercent", charge.DiscountPercent);
        PlanJsonWriter.WriteDecimal(writer, "minimum", charge.Minimum);
        PlanJsonWriter.WriteDecimal(writer, "maximum", charge.Maximum);
        TimeJsonWriter.Write(writer, charge.TimeOfUse);
        writer.WriteEndObject();
    }
}
