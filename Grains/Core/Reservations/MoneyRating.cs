using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Reservations;

/// <summary>
/// What reserved usage costs at most, and how much usage an amount pays for: pure functions of the scene. Whatever part of what is
/// reserved is used in the end, it costs no more. Rule: docs/adr/0026.
/// </summary>
public static class MoneyRating
{
    /// <summary>Id of a charge of which nobody knows what usage costs before it is made; null where there is none among these.</summary>
    /// <remarks>Merged, cumulative and lasting quantities, prices that each event has by itself, and shared counters.</remarks>
    public static string? Unknown(QuotaScene scene, QuotaUse use)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return QuotaRating.Count(scene, use, out _)?.Select(hold => scene.Plan.Compiled[hold.Key.Charge])
            .FirstOrDefault(charge => !IsKnown(charge))?.Definition.Id;
    }

    /// <summary>What each charge can come to with all that is held, beyond what it comes to by what is used.</summary>
    /// <returns>One for every charge of which something is held and whose cost is known; not negative.</returns>
    public static IReadOnlyList<ReservedCost> Costs(QuotaScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return [.. scene.Held.Where(h => h.Value > 0m).Select(h => h.Key.Charge).Distinct().Order()
            .Select(index => scene.Plan.Compiled[index]).Where(IsKnown)
            .Select(charge => new ReservedCost(
                charge.Index, charge.Definition.Id, Line(scene, charge, withHeld: true) - Line(scene, charge, withHeld: false),
                Exact(scene, charge, withHeld: true) - Exact(scene, charge, withHeld: false)))];
    }

    /// <summary>
    /// What charges add to the bill of the plan, below its minimum and above its maximum nothing. Discounts of the whole bill only
    /// lower it; what they will take is not counted on.
    /// </summary>
    /// <param name="scene">The plan and its part of the period.</param>
    /// <param name="charged">Sum of the plan's charges in the period, before its own minimum and maximum.</param>
    /// <param name="more">Added to them; not negative.</param>
    public static Money Added(QuotaScene scene, Money charged, Money more)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return Bounded(scene, charged + more) - Bounded(scene, charged);
    }

    /// <summary>The largest sum of charges that adds no more than an amount; null for any sum.</summary>
    /// <param name="scene">The plan and its part of the period.</param>
    /// <param name="charged">As in <see cref="Added"/>.</param>
    /// <param name="amount">That may be added to the bill; not negative.</param>
    public static Money? Room(QuotaScene scene, Money charged, Money amount)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var most = Bounded(scene, charged) + amount;
        return Maximum(scene) is { } maximum && maximum.MinorUnits <= most.MinorUnits ? null : most - charged;
    }

    /// <summary>The largest sum of charges that may be added below the plan's maximum; null where reservations do not end at it.</summary>
    /// <param name="scene">The plan and its part of the period.</param>
    /// <param name="charged">As in <see cref="Added"/>.</param>
    public static Money? RoomBelowMaximum(QuotaScene scene, Money charged)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene.Plan.Definition.Maximum is { Block: true } ? Maximum(scene) - charged : null;
    }

    /// <summary>What the line of a charge may come to where its reserved usage may cost some more.</summary>
    public static Money Ceiling(QuotaScene scene, int charge, Money more)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return Line(scene, scene.Plan.Compiled[charge], withHeld: true) + more;
    }

    /// <summary>As <see cref="Undiscounted"/>; null also where the charge's own maximum is no more than the amount.</summary>
    internal static decimal? Budget(QuotaScene scene, CompiledCharge charge, decimal amount) =>
        Bound(scene, charge, charge.Definition.Maximum) <= amount ? null : Undiscounted(charge, amount);

    /// <summary>What a charge may come to before its discount for at most an amount after it; null for anything.</summary>
    internal static decimal? Undiscounted(CompiledCharge charge, decimal amount)
    {
        var left = 100m - (charge.Definition.DiscountPercent ?? 0m);
        // Down: what is granted must not come to more.
        return left == 0m ? null : decimal.Round(amount * 100m / left, ProrationRatio.Places, MidpointRounding.ToZero);
    }

    /// <summary>A charge's own minimum or maximum in the part of the period.</summary>
    internal static decimal? Bound(QuotaScene scene, CompiledCharge charge, decimal? amount) =>
        amount is { } whole && charge.Definition.ProrateBounds ? Share(scene).Of(whole) : amount;

    /// <summary>The line of a charge by what is used, or the most it can come to with any part of what is held.</summary>
    private static Money Line(QuotaScene scene, CompiledCharge charge, bool withHeld) =>
        Money.FromExact(Exact(scene, charge, withHeld), scene.Plan.Currency, scene.Plan.Definition.Rounding);

    /// <summary>The same before it is rounded.</summary>
    private static decimal Exact(QuotaScene scene, CompiledCharge charge, bool withHeld)
    {
        var amount = 0m;
        for (var bucket = 0; bucket < charge.Buckets.Count; bucket++)
        {
            var (low, high) = QuotaRoom.Priced(scene, charge, bucket);
            amount = ExactMath.Add(amount, QuotaRoom.Curve(scene, charge, bucket).Peak(low, withHeld ? high : low));
        }

        // Up, if at all: what is kept must not be less than what it comes to.
        amount = decimal.Round(
            amount * (100m - (charge.Definition.DiscountPercent ?? 0m)) / 100m, ProrationRatio.Places, MidpointRounding.ToPositiveInfinity);
        amount = Math.Max(amount, Bound(scene, charge, charge.Definition.Minimum) ?? amount);
        return Math.Min(amount, Bound(scene, charge, charge.Definition.Maximum) ?? amount);
    }

    private static Money Bounded(QuotaScene scene, Money charged)
    {
        var amount = Commitment(scene, scene.Plan.Definition.Minimum) is { } minimum && minimum.MinorUnits > charged.MinorUnits ? minimum : charged;
        return Maximum(scene) is { } maximum && maximum.MinorUnits < amount.MinorUnits ? maximum : amount;
    }

    private static Money? Maximum(QuotaScene scene) => Commitment(scene, scene.Plan.Definition.Maximum);

    private static Money? Commitment(QuotaScene scene, CommitmentDefinition? bound) => bound is null ? null : Money.FromExact(
        bound.Prorate ? Share(scene).Of(bound.Amount) : bound.Amount, scene.Plan.Currency, scene.Plan.Definition.Rounding);

    private static ProrationRatio Share(QuotaScene scene) => PeriodRating.ShareOf(scene.Period, scene.Active, scene.Zone, scene.Pauses);

    private static bool IsKnown(CompiledCharge charge) => charge is
    {
        Allowances: null, PerDevice: false, Kind: AggregationKind.Sum, PricesEvents: false, Meter: { Cumulative: null, Lasts: false },
    } && Enumerable.Range(0, charge.Buckets.Count).All(bucket =>
        charge.Buckets[bucket].Price is { } price && PriceCurve.Of(price, 1) is not null
        && charge.Shared(bucket) is var shared && shared.Start.Equals(shared.End));
}
