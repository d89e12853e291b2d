using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Percentage and dynamic prices of what a period adds up to.</summary>
/// <remarks>Limits per event are applied event by event (<see cref="EventPrice"/>), and only their sum comes here.</remarks>
internal static class PercentageEvaluation
{
    internal static void Percentage(
        PriceDefinition price, decimal value, long events, string label, string unit, StepList steps)
    {
        var rate = price.RatePercent!.Value;
        var rest = value;
        if (price.FreeAmount is { } free && free > 0m && value > 0m)
        {
            var taken = Math.Min(free, value);
            rest = ExactMath.Subtract(value, taken);
            steps.Add($"{label}first {PriceEvaluation.Count(free, unit)} free", taken, 0m, 0m, StepKinds.Free);
        }

        steps.Price($"{label}{DecimalText.Format(rate)} % of {PriceEvaluation.Count(rest, unit)}", rest, EventPrice.Share(rate));
        if (price.FixedFee is { } fee)
        {
            Fees(fee, events, price.FreeEvents ?? 0m, label, steps);
        }
    }

    internal static void Dynamic(
        PriceDefinition price, decimal value, string label, string unit, StepList steps)
    {
        steps.Price($"{label}{PriceEvaluation.Count(value, unit)} as carried by the events", value, 1m);
        if (price.MarkupPercent is { } markup && markup != 0m)
        {
            steps.Price($"{label}markup of {DecimalText.Format(markup)} %", value, EventPrice.Share(markup));
        }
    }

    /// <summary>The sum of what single events cost.</summary>
    internal static void ByEvent(
        PriceDefinition price, BucketTotal total, string label, string unit, StepList steps)
    {
        var each = price.Model == PriceModel.Dynamic
            ? $"its amount and {DecimalText.Format(price.MarkupPercent ?? 0m)} % markup"
            : $"{DecimalText.Format(price.RatePercent!.Value)} % and {DecimalText.Format(price.FixedFee ?? 0m)}";
        steps.Add(
            $"{label}{PriceEvaluation.Count(total.Quantity, unit)} in {total.Events} events, each {each}{Limits(price)}",
            total.Quantity, null, total.Amount, StepKinds.Price);
    }

    private static void Fees(decimal fee, long events, decimal free, string label, StepList steps)
    {
        var paid = Math.Max(0m, events - free);
        if (free > 0m)
        {
            steps.Add(
                $"{label}first {DecimalText.Format(free)} events without fee", Math.Min(free, events), 0m, 0m, StepKinds.Free);
        }

        steps.Price($"{label}fee of {DecimalText.Format(paid)} events", paid, fee, StepKinds.EventFee);
    }

    private static string Limits(PriceDefinition price) =>
        (price.MinimumPerEvent is { } least ? $", at least {DecimalText.Format(least)}" : "")
        + (price.MaximumPerEvent is { } most ? $", at most {DecimalText.Format(most)}" : "");
}
