using System.Globalization;
using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>What leaving a subscription before the end of its term costs.</summary>
public static class TerminationRating
{
    /// <summary>The kind of the fee's line.</summary>
    public const string Kind = "earlyTermination";

    /// <summary>The fee; null when there is nothing to pay.</summary>
    /// <param name="plan">The plan in force at the end, for its currency and rounding.</param>
    /// <param name="fee">What it says.</param>
    /// <param name="remaining">The recurring fees from the end of the subscription to that of the term, each rounded as on its invoice.</param>
    /// <param name="from">First local day that remains.</param>
    /// <param name="to">The local day after the last one.</param>
    public static RatedCharge? Fee(
        CompiledPlan plan, TerminationFeeDefinition fee, Money remaining, LocalDate from, LocalDate to)
    {
        var steps = new StepList();
        if (fee.Amount is { } amount)
        {
            steps.Fixed(
                string.Create(CultureInfo.InvariantCulture, $"left before the term ends on {to:uuuu-MM-dd}"), amount, StepKinds.Price);
        }
        else
        {
            steps.Fixed(
                string.Create(CultureInfo.InvariantCulture, $"recurring fees from {from:uuuu-MM-dd} until {to:uuuu-MM-dd}"),
                remaining.ToDecimal(), StepKinds.Remaining);
            steps.BringTo(
                ExactMath.Multiply(remaining.ToDecimal(), fee.Percent!.Value * 0.01m),
                $"{DecimalText.Format(fee.Percent.Value)} % of what remains", StepKinds.Price);
        }

        var exact = DecimalText.Normalize(steps.Exact);
        var rounded = steps.Round(plan.Currency, plan.Definition.Rounding);
        return rounded.MinorUnits == 0
            ? null
            : new(TerminationFeeDefinition.Id, fee.Name, Kind, 1m, null, 0, exact, rounded, steps.Steps);
    }
}
