using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Rates charges that do not depend on usage.</summary>
internal static class FixedRating
{
    internal static RatedCharge Recurring(
        CompiledPlan plan, CompiledCharge charge, BillingPeriod period, Interval active, ProrationRatio share,
        IReadOnlyList<Interval> pauses)
    {
        var amount = charge.Definition.Price!.Amount!.Value;
        var bySecond = charge.Definition.Proration == RecurringProration.Second;
        var ratio = charge.Definition.Proration == RecurringProration.None ? new ProrationRatio(period.Days, period.Days)
            : bySecond ? Proration.BySecond(period, active, pauses)
            : share;
        var steps = new StepList();
        if (charge.Definition.Per == RecurringPer.Day)
        {
            steps.Price($"{ratio.Numerator} days", ratio.Numerator, amount);
            return ChargeClosing.Close(plan, charge, "recurring", ratio.Numerator, "days", 0, share, steps);
        }

        steps.Fixed("amount of a whole period", amount, StepKinds.Price);
        if (!ratio.IsWhole)
        {
            var text = $"active {ratio.Numerator} of {ratio.Denominator} {(bySecond ? "seconds" : "days")}"
                + (pauses.Count > 0 ? " outside of pauses" : "");
            steps.BringTo(ratio.Of(amount), text, StepKinds.Proration);
        }

        return ChargeClosing.Close(plan, charge, "recurring", 1m, null, 0, share, steps);
    }

    internal static RatedCharge OneTime(CompiledPlan plan, CompiledCharge charge, ProrationRatio share)
    {
        var steps = new StepList();
        steps.Fixed("one-time amount", charge.Definition.Price!.Amount!.Value, StepKinds.Price);
        return ChargeClosing.Close(plan, charge, "oneTime", 1m, null, 0, share, steps);
    }
}
