namespace OrleansBilling.Core.Pricing;

/// <summary>What price models have in common.</summary>
internal static class PriceModels
{
    /// <summary>Whether the usage priced is money.</summary>
    internal static bool IsOfMoney(this PriceModel model) =>
        model is PriceModel.Percentage or PriceModel.GraduatedPercentage or PriceModel.Dynamic;

    /// <summary>Whether single events matter, not only what they add up to.</summary>
    internal static bool NeedsEvents(this PriceDefinition price) =>
        price.Model == PriceModel.Dynamic || price.FixedFee is not null || price.PricesEvents;
}
