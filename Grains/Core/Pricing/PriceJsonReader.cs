using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The price properties, which stand beside the other ones of a charge or a window.</summary>
internal static class PriceJsonReader
{
    private static readonly string[] Parameters =
    [
        "amount", "unitPrice", "tiers", "tierBounds", "firstFlatAtZero", "packageSize", "packagePrice", "freeUnits",
        "ratePercent", "fixedFee", "minimumPerEvent", "maximumPerEvent", "freeEvents", "freeAmount", "markupPercent", "matrix",
    ];

    /// <summary>Null when there is no price property, or when the model cannot be told (with an error).</summary>
    internal static PriceDefinition? Read(JsonFields fields)
    {
        var any = fields.Has("model");
        foreach (var parameter in Parameters)
        {
            any |= fields.Has(parameter);
        }

        if (!any)
        {
            return null;
        }

        var price = new PriceDefinition
        {
            Model = Model(fields) ?? PriceModel.Flat,
            Amount = fields.Number("amount"),
            UnitPrice = fields.Number("unitPrice"),
            Tiers = Tiers(fields),
            TierBounds = fields.Choice("tierBounds", WordTable<TierBounds>.Instance) ?? TierBounds.Period,
            FirstFlatAtZero = fields.Flag("firstFlatAtZero") ?? false,
            PackageSize = fields.Number("packageSize"),
            PackagePrice = fields.Number("packagePrice"),
            FreeUnits = fields.Number("freeUnits"),
            RatePercent = fields.Number("ratePercent"),
            FixedFee = fields.Number("fixedFee"),
            MinimumPerEvent = fields.Number("minimumPerEvent"),
            MaximumPerEvent = fields.Number("maximumPerEvent"),
            FreeEvents = fields.Number("freeEvents"),
            FreeAmount = fields.Number("freeAmount"),
            MarkupPercent = fields.Number("markupPercent"),
            Matrix = MatrixJson.Read(fields.Object("matrix")),
        };
        return price;
    }

    /// <summary>The model may be left out where one parameter says it.</summary>
    private static PriceModel? Model(JsonFields fields)
    {
        if (fields.Has("model"))
        {
            return fields.Choice("model", WordTable<PriceModel>.Instance, "plan.model_unknown");
        }

        if (fields.Has("amount"))
        {
            return PriceModel.Flat;
        }

        if (fields.Has("unitPrice"))
        {
            return PriceModel.PerUnit;
        }

        fields.Fail("model", "plan.model_missing", $"Name the price model: {WordTable<PriceModel>.Instance.All}.");
        return null;
    }

    private static List<TierDefinition>? Tiers(JsonFields fields)
    {
        if (fields.Items("tiers", PlanLimits.MaxTiers) is not { } items)
        {
            return null;
        }

        var tiers = new List<TierDefinition>();
        foreach (var (json, pointer) in items)
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } tier)
            {
                tiers.Add(new(
                    tier.Number("upTo"), tier.Number("unitPrice"), tier.Number("flatFee"), tier.Number("ratePercent")));
                tier.Finish();
            }
        }

        return tiers;
    }
}
