using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Rates a period in which the plan changed: each part by its own plan version and its own totals.</summary>
/// <remarks>Rule: ADR 0013. Tiers, free quantities, minimum and maximum begin anew in each part; the
/// plan's minimum, maximum and discounts see the part's lines as they are rounded together.</remarks>
public static class SegmentRating
{
    /// <summary>Places a sum of prorated shares is settled to before it is rounded: 3 × 3.333… is 10, also when rounded down.</summary>
    private const int SettledPlaces = ProrationRatio.Places - 4;

    /// <summary>Rates the parts of a period.</summary>
    /// <param name="period">The whole billing period.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="periodsBefore">Billing periods of the subscription before this one, for discounts of its first ones.</param>
    /// <param name="segments">In the order of time, not overlapping.</param>
    /// <returns>
    /// The charges of each part, as <see cref="PeriodRating.Rate"/> gives them. Recurring charges of the same id are rounded as one
    /// amount: each but the first is the rounded sum so far less what the earlier parts have, so that a price that stays the same costs the
    /// same, however often the plan changes.
    /// </returns>
    public static IReadOnlyList<IReadOnlyList<RatedCharge>> Rate(
        BillingPeriod period, DateTimeZone zone, int periodsBefore, IReadOnlyList<PeriodSegment> segments)
    {
        var rated = new List<IReadOnlyList<RatedCharge>>(segments.Count);
        var earlier = new Dictionary<string, (decimal Exact, Money Rounded)>(StringComparer.Ordinal);
        var packs = segments.Count == 0 ? UnitPacks.None : segments[0].Packs;
        foreach (var segment in segments)
        {
            var (plan, active) = (segment.Plan, segment.Active);
            var charges = PeriodRating.Charges(plan, period, active, zone, segment.Begins, segment.Totals, segment.Carried, segment.Pauses,
                segment.Trial == UsageInTrial.Free ? UnitPacks.None : packs);
            packs = packs.After([.. charges.SelectMany(charge => charge.Packs)]);
            TrialRating.Apply(plan, segment.Trial, charges);
            var isPart = segments.Count > 1;
            List<RatedCharge> lines = isPart ? [.. charges.Select(charge => Share(charge, plan, earlier))] : charges;
            PlanClosing.Close(
                plan, PeriodRating.ShareOf(period, active, zone, segment.Pauses), segment.Trial is null && PeriodRating.IsActive(period, active, segment.Pauses),
                new(periodsBefore, segment.PeriodsOfPlan), isPart, lines);
            rated.Add(lines);
        }

        return rated;
    }

    private static RatedCharge Share(
        RatedCharge charge, CompiledPlan plan, Dictionary<string, (decimal Exact, Money Rounded)> earlier)
    {
        if (charge.Kind != "recurring")
        {
            return charge;
        }

        var known = earlier.TryGetValue(charge.ChargeId, out var before);
        var sum = known ? before.Exact + charge.ExactAmount : charge.ExactAmount;
        var settled = decimal.Round(sum, SettledPlaces, MidpointRounding.ToEven);
        var amount = known
            ? Money.FromExact(settled, plan.Currency, plan.Definition.Rounding) - before.Rounded
            : charge.Amount;
        earlier[charge.ChargeId] = (sum, known ? before.Rounded + amount : amount);
        var moved = amount.ToDecimal() - charge.Amount.ToDecimal();
        return moved == 0m ? charge : charge with
        {
            Amount = amount,
            Steps = [.. charge.Steps, new("rounded together with the part before", null, null, moved, StepKinds.Rounding)],
        };
    }
}
