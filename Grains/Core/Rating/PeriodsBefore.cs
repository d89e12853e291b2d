using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Billing periods before the one that is rated.</summary>
/// <param name="OfSubscription">Since the subscription began: discounts of plans are for its first periods.</param>
/// <param name="OfPlan">Since the plan came into force with its overrides: their discounts are for the first periods of that.</param>
internal readonly record struct PeriodsBefore(int OfSubscription, int OfPlan)
{
    internal int Of(CompiledPlan plan, DiscountDefinition discount) =>
        plan.Overrides?.IsDiscount(discount.Id) == true ? OfPlan : OfSubscription;
}
