using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The parameters of percentage and dynamic prices.</summary>
internal static class PercentageValidator
{
    internal static void Validate(PriceDefinition price, string at, List<ValidationError> errors)
    {
        var percentage = price.Model == PriceModel.Percentage;
        var dynamic = price.Model == PriceModel.Dynamic;
        PriceValidator.Parameter(price.RatePercent, percentage, at + "/ratePercent", errors);
        PriceValidator.Foreign(price.FixedFee is not null && !percentage, at + "/fixedFee", errors);
        PriceValidator.Foreign(price.FreeEvents is not null && !percentage, at + "/freeEvents", errors);
        PriceValidator.Foreign(price.FreeAmount is not null && !percentage, at + "/freeAmount", errors);
        PriceValidator.Foreign(price.MarkupPercent is not null && !dynamic, at + "/markupPercent", errors);
        PriceValidator.Foreign(
            price.MinimumPerEvent is not null && !percentage && !dynamic, at + "/minimumPerEvent", errors);
        PriceValidator.Foreign(
            price.MaximumPerEvent is not null && !percentage && !dynamic, at + "/maximumPerEvent", errors);
        Check.Percent(price.RatePercent, negativeAllowed: false, at + "/ratePercent", errors);
        Check.Percent(price.MarkupPercent, negativeAllowed: true, at + "/markupPercent", errors);
        CheckLimits(price, at, errors);
        CheckFree(price, at, errors);
    }

    private static void CheckLimits(PriceDefinition price, string at, List<ValidationError> errors)
    {
        Check.Amount(price.FixedFee, at + "/fixedFee", errors);
        Check.Amount(price.MinimumPerEvent, at + "/minimumPerEvent", errors);
        Check.Amount(price.MaximumPerEvent, at + "/maximumPerEvent", errors);
        Check.Forbid(price.MinimumPerEvent > price.MaximumPerEvent, at + "/minimumPerEvent",
            "plan.minimum_above_maximum", "The minimum of an event is above its maximum; swap them.", errors);
    }

    private static void CheckFree(PriceDefinition price, string at, List<ValidationError> errors)
    {
        Check.Quantity(price.FreeEvents, zeroAllowed: true, at + "/freeEvents", errors);
        Check.Quantity(price.FreeAmount, zeroAllowed: true, at + "/freeAmount", errors);
        Check.Forbid(price.FreeEvents is { } events && events != decimal.Truncate(events), at + "/freeEvents",
            "plan.events_not_whole", "Give a whole number of events.", errors);
        Check.Forbid(price.FreeEvents is not null && price.FixedFee is null, at + "/freeEvents",
            "plan.free_events_without_fee",
            "Free events save the fixed fee, and there is none: give 'fixedFee', or free value with 'freeAmount'.", errors);

        // Which events were free would depend on the order in which they came.
        const string Order = "With a minimum or maximum per event each event is priced by itself, and none can be the free one: "
            + "leave out this, or the limits per event.";
        Check.Forbid(price.PricesEvents && price.FreeEvents is not null, at + "/freeEvents",
            "plan.free_with_event_limits", Order, errors);
        Check.Forbid(price.PricesEvents && price.FreeAmount is not null, at + "/freeAmount",
            "plan.free_with_event_limits", Order, errors);
    }
}
