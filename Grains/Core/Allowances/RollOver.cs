using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>What a period leaves to the next one.</summary>
/// <remarks>Rule: ADR 0022. Callers give the totals that a period was closed with, so that late usage changes nothing here.</remarks>
public static class RollOver
{
    /// <summary>What is carried out of a period, or out of one plan's part of it.</summary>
    /// <param name="segment">The plan with the totals and what was carried into them.</param>
    /// <param name="period">The whole billing period.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="next">Index of the period that it is carried into; of the same one where the plan changes in it.</param>
    public static CarriedOver Out(PeriodSegment segment, BillingPeriod period, DateTimeZone zone, int next)
    {
        var carried = new Dictionary<(string, string), IReadOnlyList<CarriedQuantity>>();
        var share = PeriodRating.ShareOf(period, segment.Active, zone);
        foreach (var charge in segment.Plan.Compiled.Where(c => c.Definition.Allowances.Any(a => a.RollOver is not null)))
        {
            var walk = new AllowanceWalk(charge, period.Days, share, segment.Totals, segment.Carried);
            foreach (var use in walk.Uses)
            {
                if (use.Allowance.Terms.RollOver is { } rollOver && Kept(use, rollOver, charge.Allowances!, period.Index, next) is { Count: > 0 } kept)
                {
                    carried[(charge.Definition.Id, use.Allowance.Terms.Id)] = kept;
                }
            }
        }

        return carried.Count == 0 ? CarriedOver.None : new(carried);
    }

    /// <summary>What of it comes along into another plan: what the plan before says survives, if the new one has a pool of the same
    /// charge, id and units.</summary>
    public static CarriedOver Across(CarriedOver carried, CompiledPlan before, CompiledPlan after) =>
        carried.Where((charge, allowance) =>
            before.Find(charge, allowance) is { RollOver.SurvivesPlanChange: true }
            && after.Find(charge, allowance) is { Kind: AllowanceKind.Flex or AllowanceKind.Fixed }
            && HasSameUnits(before, after, charge));

    private static List<CarriedQuantity> Kept(AllowanceUse use, RollOverDefinition rollOver, CompiledAllowances allowances, int period, int next)
    {
        var kept = use.CarriedLeft().Where(c => c.Period + rollOver.Periods >= next).ToList();
        var own = DecimalText.Normalize(decimal.Round(
            ExactMath.TryMultiply(use.OwnLeft, rollOver.Percent * 0.01m, out var share) ? share : use.OwnLeft * (rollOver.Percent * 0.01m),
            QuantityLimits.MaxFractionalDigits, MidpointRounding.ToEven));
        var sum = kept.Aggregate(own, (total, c) => ExactMath.Add(total, c.Quantity));
        if (rollOver.Minimum is { } least && sum < allowances.InMeterUnit(least))
        {
            own = ExactMath.Add(own, ExactMath.Subtract(allowances.InMeterUnit(least), sum));
        }

        if (own > 0m)
        {
            kept.Add(new(period, own));
        }

        return rollOver.Maximum is { } most ? Newest(kept, allowances.InMeterUnit(most)) : kept;
    }

    /// <summary>As much as is allowed, beginning with the newest.</summary>
    private static List<CarriedQuantity> Newest(List<CarriedQuantity> carried, decimal most)
    {
        var kept = new List<CarriedQuantity>();
        for (var i = carried.Count - 1; i >= 0 && most > 0m; i--)
        {
            var quantity = Math.Min(most, carried[i].Quantity);
            kept.Insert(0, carried[i] with { Quantity = quantity });
            most = ExactMath.Subtract(most, quantity);
        }

        return kept;
    }

    private static bool HasSameUnits(CompiledPlan before, CompiledPlan after, string charge)
    {
        var (old, now) = (Charge(before), Charge(after));
        return old.MeterUnit!.Symbol == now.MeterUnit!.Symbol && old.PricedUnit!.Symbol == now.PricedUnit!.Symbol;

        CompiledCharge Charge(CompiledPlan plan) => plan.Compiled.First(c => c.Definition.Id == charge);
    }
}
