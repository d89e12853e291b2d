using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>Charge to canonical JSON.</summary>
internal static class ChargeJsonWriter
{
    internal static void Write(Utf8JsonWriter writer, ChargeDefinition charge)
    {
        writer.WriteStartObject();
        writer.WriteString("id", charge.Id);
        writer.WriteString("name", charge.Name);
        WriteText(writer, "taxClass", charge.TaxClass);
        writer.WriteString("kind", WordTable<ChargeKind>.Instance.Write(charge.Kind));
        WriteText(writer, "meter", charge.Meter);
        WriteText(writer, "unit", charge.Unit);
        PlanJsonWriter.WriteWord(writer, "of", charge.Of);
        WriteWhere(writer, charge.Where);
        WriteText(writer, "where", charge.Filter);
        WritePerEvent(writer, charge.PerEvent);
        QuantityRoundingJson.Write(writer, "perSession", charge.PerSession);
        QuantityRoundingJson.Write(writer, "perDevice", charge.PerDevice);
        QuantityRoundingJson.Write(writer, "perLine", charge.PerLine);
        WritePrice(writer, charge.Price);
        PlanJsonWriter.WriteDecimal(writer, "freeQuantity", charge.FreeQuantity);
        DeviceJson.Write(writer, charge.Allowance);
        AllowancesJson.Write(writer, charge.Allowances);
        PlanJsonWriter.WriteDecimal(writer, "poolLimitPerDevice", charge.PoolLimitPerDevice);
        PlanJsonWriter.WriteDecimal(writer, "discountPercent", charge.DiscountPercent);
        PlanJsonWriter.WriteDecimal(writer, "minimum", charge.Minimum);
        PlanJsonWriter.WriteDecimal(writer, "maximum", charge.Maximum);
        if (charge.ProrateBounds)
        {
            writer.WriteBoolean("prorateBounds", true);
        }

        PlanJsonWriter.WriteWord(writer, "blockAt", charge.BlockAt);
        TimeJsonWriter.Write(writer, charge.TimeOfUse);
        TimeJsonWriter.Write(writer, charge.Schedule);
        PlanJsonWriter.WriteWord(writer, "proration", charge.Proration);
        PlanJsonWriter.WriteWord(writer, "per", charge.Per);
        DeviceJson.Write(writer, "states", charge.States);
        DeviceJson.Write(writer, "fromStates", charge.FromStates);
        writer.WriteEndObject();
    }

    internal static void WritePrice(Utf8JsonWriter writer, PriceDefinition? price)
    {
        if (price is null)
        {
            return;
        }

        writer.WriteString("model", WordTable<PriceModel>.Instance.Write(price.Model));
        PlanJsonWriter.WriteDecimal(writer, "amount", price.Amount);
        PlanJsonWriter.WriteDecimal(writer, "unitPrice", price.UnitPrice);
        WriteTiers(writer, price.Tiers);
        PlanJsonWriter.WriteWord(writer, "tierBounds", price.TierBounds);
        if (price.FirstFlatAtZero)
        {
            writer.WriteBoolean("firstFlatAtZero", true);
        }

        PlanJsonWriter.WriteDecimal(writer, "packageSize", price.PackageSize);
        PlanJsonWriter.WriteDecimal(writer, "packagePrice", price.PackagePrice);
        PlanJsonWriter.WriteDecimal(writer, "freeUnits", price.FreeUnits);
        PlanJsonWriter.WriteDecimal(writer, "ratePercent", price.RatePercent);
        PlanJsonWriter.WriteDecimal(writer, "fixedFee", price.FixedFee);
        PlanJsonWriter.WriteDecimal(writer, "minimumPerEvent", price.MinimumPerEvent);
        PlanJsonWriter.WriteDecimal(writer, "maximumPerEvent", price.MaximumPerEvent);
        PlanJsonWriter.WriteDecimal(writer, "freeEvents", price.FreeEvents);
        PlanJsonWriter.WriteDecimal(writer, "freeAmount", price.FreeAmount);
        PlanJsonWriter.WriteDecimal(writer, "markupPercent", price.MarkupPercent);
        MatrixJson.Write(writer, price.Matrix);
    }

    private static void WriteTiers(Utf8JsonWriter writer, IReadOnlyList<TierDefinition>? tiers)
    {
        if (tiers is null)
        {
            return;
        }

        writer.WriteStartArray("tiers");
        foreach (var tier in tiers)
        {
            writer.WriteStartObject();
            PlanJsonWriter.WriteDecimal(writer, "upTo", tier.UpTo);
            PlanJsonWriter.WriteDecimal(writer, "unitPrice", tier.UnitPrice);
            PlanJsonWriter.WriteDecimal(writer, "flatFee", tier.FlatFee);
            PlanJsonWriter.WriteDecimal(writer, "ratePercent", tier.RatePercent);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void WriteWhere(Utf8JsonWriter writer, IReadOnlyList<WhereClause> where)
    {
        if (where.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("where");
        foreach (var clause in where)
        {
            writer.WriteStartArray(clause.Dimension);
            foreach (var value in clause.Values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WritePerEvent(Utf8JsonWriter writer, PerEventRule? rule)
    {
        if (rule is null)
        {
            return;
        }

        writer.WriteStartObject("perEvent");
        PlanJsonWriter.WriteDecimal(writer, "free", rule.Free);
        PlanJsonWriter.WriteDecimal(writer, "roundUpTo", rule.RoundUpTo);
        QuantityRoundingJson.Write(writer, rule.Rounding);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
