using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>The last steps of every charge: discount, minimum, maximum, rounding.</summary>
internal static class ChargeClosing
{
    internal static RatedCharge Close(
        CompiledPlan plan,
        CompiledCharge charge,
        string kind,
        decimal quantity,
        string? unit,
        long events,
        ProrationRatio share,
        StepList steps)
    {
        var definition = charge.Definition;
        var isShare = kind == "recurring"
            && DecimalText.Normalize(steps.Exact).Scale > PriceLimits.MaxFractionalDigits;
        Discount(definition, steps, isShare);
        if (Bound(definition.Minimum, definition, share) is { } minimum && steps.Exact < minimum)
        {
            steps.BringTo(minimum, $"up to the minimum of {Text(definition.Minimum, definition, share)}", StepKinds.Minimum);
        }

        if (Bound(definition.Maximum, definition, share) is { } maximum && steps.Exact > maximum)
        {
            steps.BringTo(maximum, $"down to the maximum of {Text(definition.Maximum, definition, share)}", StepKinds.Maximum);
        }

        var exact = DecimalText.Normalize(steps.Exact);
        var amount = steps.Round(plan.Currency, plan.Definition.Rounding);
        quantity = DecimalText.Normalize(quantity);
        return new(definition.Id, definition.Name, kind, quantity, unit, events, exact, amount, steps.Steps);
    }

    private static decimal? Bound(decimal? amount, ChargeDefinition charge, ProrationRatio share) =>
        amount is { } whole && charge.ProrateBounds ? share.Of(whole) : amount;

    private static string Text(decimal? amount, ChargeDefinition charge, ProrationRatio share) =>
        DecimalText.Format(amount!.Value)
        + (charge.ProrateBounds && !share.IsWhole ? $" for {share.Numerator} of {share.Denominator} days" : "");

    private static void Discount(ChargeDefinition definition, StepList steps, bool isShare)
    {
        if (definition.DiscountPercent is not { } percent || percent == 0m || steps.Exact == 0m)
        {
            return;
        }

        // A prorated share has many places already; its discount is given to as many, like the share itself.
        var share = percent * 0.01m;
        var off = ExactMath.TryMultiply(steps.Exact, share, out var exact)
            ? exact
            : decimal.Round(steps.Exact * share, ProrationRatio.Places, MidpointRounding.ToEven);
        var left = steps.Exact - off;
        if (isShare)
        {
            // Both were cut at the share's last place; an amount of exactly half a minor unit must still be seen as that.
            left = decimal.Round(left, ProrationRatio.Places - 3, MidpointRounding.ToEven);
        }

        steps.BringTo(left, $"{DecimalText.Format(percent)} % discount", StepKinds.Discount);
    }
}
