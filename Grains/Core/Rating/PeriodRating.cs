using NodaTime;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>What a plan comes to in one period: a pure function of the plan and the totals.</summary>
/// <remarks>Order: free quantity, prices (tiers), proration, discount, minimum and maximum, rounding; then over all lines the
/// plan's minimum, maximum and discounts.</remarks>
public static class PeriodRating
{
    /// <summary>Rates a period.</summary>
    /// <param name="plan">The plan version.</param>
    /// <param name="period">The whole billing period.</param>
    /// <param name="active">The part of it the subscription was active for; what lies outside the period is
    /// ignored.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="isFirstPeriod">Whether one-time charges are due.</param>
    /// <param name="totals">The usage of the period, by bucket of this very plan version.</param>
    /// <param name="periodsBefore">Billing periods of the subscription before this one, for discounts of its first
    /// ones.</param>
    /// <returns>In the plan's order, then minimum, maximum and discounts of the plan where they change anything. A usage charge
    /// without usage has no line, unless it has a minimum or a first flat fee at zero, or usage that a per-event rule made free; a
    /// recurring charge always has one, a charge per device when there was a device. Where the subscription was not active at all,
    /// only usage has lines.</returns>
    /// <exception cref="ArgumentException">A total belongs to no bucket of the plan: it would silently not be
    /// billed.</exception>
    /// <exception cref="Amounts.InexactAmountException">An exact amount does not fit a decimal.</exception>
    public static IReadOnlyList<RatedCharge> Rate(
        CompiledPlan plan,
        BillingPeriod period,
        Interval active,
        DateTimeZone zone,
        bool isFirstPeriod,
        IReadOnlyDictionary<BucketKey, BucketTotal> totals,
        int periodsBefore = 0)
    {
        var rated = Charges(plan, period, active, zone, isFirstPeriod, totals, CarriedOver.None);
        PlanClosing.Close(
            plan, ShareOf(period, active, zone), IsActive(period, active), new(periodsBefore, periodsBefore), isPart: false, rated);
        return rated;
    }

    /// <summary>The charges alone, before the minimum, maximum and discounts of the plan.</summary>
    internal static List<RatedCharge> Charges(
        CompiledPlan plan, BillingPeriod period, Interval active, DateTimeZone zone, bool isFirstPeriod,
        IReadOnlyDictionary<BucketKey, BucketTotal> totals, CarriedOver carried,
        IReadOnlyList<Interval>? pauses = null, UnitPacks? packs = null)
    {
        CheckKeys(plan, totals.Keys);
        var isActive = IsActive(period, active, pauses);
        var share = ShareOf(period, active, zone, pauses);
        var inForce = ShareOf(period, active, zone); // Pools go on over a pause, whole.
        var rated = new List<RatedCharge>(plan.Compiled.Count);
        foreach (var charge in plan.Compiled)
        {
            var line = charge.Definition.Kind switch
            {
                not ChargeKind.Usage when charge.Definition.IsPerDevice =>
                    DeviceRating.Rate(plan, charge, period, isActive, share, totals),
                ChargeKind.Usage =>
                    UsageRating.Rate(plan, charge, period, isActive, share, inForce, totals, carried, packs ?? UnitPacks.None),
                ChargeKind.Recurring when isActive => FixedRating.Recurring(plan, charge, period, active, share, pauses ?? []),
                ChargeKind.OneTime when isFirstPeriod && IsActive(period, active) => FixedRating.OneTime(plan, charge, share),
                _ => null,
            };
            if (line is not null)
            {
                rated.Add(line);
            }
        }

        return rated;
    }

    /// <summary>The share of local days; the whole where the subscription was not active, so that usage has its usual bounds.</summary>
    internal static ProrationRatio ShareOf(
        BillingPeriod period, Interval active, DateTimeZone zone, IReadOnlyList<Interval>? pauses = null) =>
        IsActive(period, active, pauses) ? Proration.ByDay(period, active, zone, pauses ?? []) : new(period.Days, period.Days);

    private static void CheckKeys(CompiledPlan plan, IEnumerable<BucketKey> keys)
    {
        foreach (var key in keys)
        {
            if (!plan.HasBucket(key))
            {
                throw new ArgumentException($"Plan '{plan.Definition.Id}' has no usage bucket {key}.", nameof(keys));
            }
        }
    }

    /// <summary>Whether it was active for some second outside of its pauses.</summary>
    internal static bool IsActive(BillingPeriod period, Interval active, IReadOnlyList<Interval>? pauses) =>
        IsActive(period, active)
        && (pauses is null or { Count: 0 } || Proration.BySecond(period, active, pauses).Numerator > 0);

    internal static bool IsActive(BillingPeriod period, Interval active) =>
        (!active.HasStart || active.Start < period.End)
        && (!active.HasEnd || active.End > period.Start)
        && (!active.HasStart || !active.HasEnd || active.Start < active.End);
}
