using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Discounts of a plan, in its order: each takes a part of what the ones before it left, and never more.</summary>
internal static class DiscountRating
{
    /// <summary>The kind of a discount's line.</summary>
    internal const string Kind = "discount";

    internal static void Add(CompiledPlan plan, PeriodsBefore before, ProrationRatio? part, List<RatedCharge> lines)
    {
        var charges = lines.ToArray();
        var left = Array.ConvertAll(charges, line => line.Amount.MinorUnits);
        foreach (var discount in plan.Definition.Discounts)
        {
            if (discount.Periods is { } periods && before.Of(plan, discount) >= periods)
            {
                continue;
            }

            var wanted = Array.ConvertAll(
                charges, line => discount.Charges.Count == 0 || discount.Charges.Contains(line.ChargeId));
            if (Line(plan, discount, part, left, wanted) is { } line)
            {
                lines.Add(line);
                Take(left, wanted, -line.Amount);
            }
        }
    }

    /// <summary>Null when there is nothing left to take from.</summary>
    private static RatedCharge? Line(
        CompiledPlan plan, DiscountDefinition discount, ProrationRatio? part, long[] left, bool[] wanted)
    {
        // A maximum may have taken more than its share of a charge: what is left of the bill is a bound too.
        var whole = checked(left.Sum());
        var basis = left.Where((_, i) => wanted[i]).Sum();
        var room = Math.Min(whole, basis);
        if (room <= 0)
        {
            return null;
        }

        var steps = new StepList();
        if (discount.Percent is { } percent)
        {
            var of = new Money(basis, plan.Currency);
            steps.Fixed(
                $"{DecimalText.Format(percent)} % of {of}", -ExactMath.Multiply(of.ToDecimal(), percent * 0.01m),
                StepKinds.Discount);
        }
        else
        {
            steps.Fixed("amount off", -discount.Amount!.Value, StepKinds.Discount);
            if (part is { IsWhole: false } share)
            {
                steps.BringTo(
                    -share.Of(discount.Amount.Value), $"for {share.Numerator} of {share.Denominator} days", StepKinds.Proration);
            }
        }

        var most = new Money(room, plan.Currency).ToDecimal();
        if (-steps.Exact > most)
        {
            steps.BringTo(-most, "not more than is left", StepKinds.Limit);
        }

        var exact = DecimalText.Normalize(steps.Exact);
        var amount = steps.Round(plan.Currency, plan.Definition.Rounding);
        return amount.MinorUnits == 0
            ? null
            : new(discount.Id, discount.Name, Kind, 1m, null, 0, exact, amount, steps.Steps);
    }

    /// <summary>Shares out what a discount took over its lines, by what was left of each.</summary>
    private static void Take(long[] left, bool[] wanted, Money taken)
    {
        var weights = left.Select((amount, i) => wanted[i] ? Math.Max(0L, amount) : 0L).ToArray();
        var parts = taken.Allocate(weights);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] -= parts[i].MinorUnits;
        }
    }
}
