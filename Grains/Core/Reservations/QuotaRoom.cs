using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Reservations;

/// <summary>How much more fits under the limit of a charge.</summary>
internal static class QuotaRoom
{
    /// <summary>What may be added to a bucket beyond what is used and held, in the meter's unit; not negative.</summary>
    /// <param name="byMoney">Whether money is what limits it, not the charge.</param>
    internal static decimal Of(QuotaScene scene, CompiledCharge charge, int bucket, out bool byMoney)
    {
        var most = charge.Definition.BlockAt switch
        {
            BlockAt.Included when charge.Allowances is null => Included(scene, charge),
            BlockAt.Maximum => MostWithin(
                scene, charge, bucket, MoneyRating.Bound(scene, charge, charge.Definition.Maximum)!.Value, isOwn: true),
            _ => PriceCurve.Unbounded,
        };
        byMoney = false;
        if (scene.Ceilings?.TryGetValue(charge.Index, out var ceiling) == true
            && MostWithin(scene, charge, bucket, ceiling.ToDecimal(), isOwn: false) is var paid && paid < most)
        {
            (most, byMoney) = (paid, true);
        }

        if (charge is { Allowances: not null, Definition.BlockAt: BlockAt.Included })
        {
            var inForce = PeriodRating.ShareOf(scene.Period, scene.Active, scene.Zone); // Pools go on over a pause, whole.
            return AllowanceRoom.Of(charge, scene.Period.Days, inForce, scene.Used, scene.Held, scene.Carried, bucket);
        }

        if (most >= PriceCurve.Unbounded)
        {
            return PriceCurve.Unbounded;
        }

        var (used, held) = Quantities(scene, charge, bucket);
        return Math.Max(0m, InMeterUnit(charge, charge.Definition.PerLine?.LargestWithin(most) ?? most) - used - held);
    }

    /// <summary>The multiple of the smallest quantity at or below.</summary>
    internal static decimal Floor(decimal quantity) =>
        decimal.Round(quantity, QuantityLimits.MaxFractionalDigits, MidpointRounding.ToNegativeInfinity);

    /// <summary>The quantity of a bucket, in the priced unit after rounding, at which the charge comes to an amount.</summary>
    /// <param name="amount">The charge's own maximum, or what money pays.</param>
    /// <param name="isOwn">Whether it is the maximum.</param>
    private static decimal MostWithin(QuotaScene scene, CompiledCharge charge, int bucket, decimal amount, bool isOwn)
    {
        if ((isOwn ? MoneyRating.Undiscounted(charge, amount) : MoneyRating.Budget(scene, charge, amount)) is not { } budget)
        {
            return PriceCurve.Unbounded;
        }

        for (var other = 0; other < charge.Buckets.Count; other++)
        {
            if (other != bucket)
            {
                var (low, high) = Priced(scene, charge, other);
                budget -= Curve(scene, charge, other).Peak(low, high);
            }
        }

        var curve = Curve(scene, charge, bucket);
        var (from, _) = Priced(scene, charge, bucket);
        return curve.Peak(from, from) > budget ? 0m : Included(scene, charge) + curve.Ceiling(from, budget);
    }

    /// <summary>What a bucket is priced for if nothing that is held is used, and if all of it is.</summary>
    internal static (decimal Low, decimal High) Priced(QuotaScene scene, CompiledCharge charge, int bucket)
    {
        var (used, held) = Quantities(scene, charge, bucket);
        var included = Included(scene, charge);
        return (Beyond(used), Beyond(used + held));

        decimal Beyond(decimal metered)
        {
            _ = Unit.TryConvert(metered, charge.MeterUnit!, charge.PricedUnit!, out var quantity);
            return Math.Max(0m, (charge.Definition.PerLine?.Apply(quantity) ?? quantity) - included);
        }
    }

    /// <summary>Free quantity, pool and packs, in the priced unit.</summary>
    private static decimal Included(QuotaScene scene, CompiledCharge charge) => (charge.Definition.FreeQuantity ?? 0m)
        + (charge.Definition.Allowance is { } allowance
            ? DeviceRating.Pool(charge, allowance, scene.Period.Days, scene.Used).Quantity
            : 0m)
        + (UsageRating.TakesPacks(charge) ? scene.Packs.Of(charge.Definition.Id, charge.PricedUnit!.Symbol).Sum(pack => pack.Left) : 0m);

    private static (decimal Used, decimal Held) Quantities(QuotaScene scene, CompiledCharge charge, int bucket)
    {
        var key = new BucketKey(charge.Index, bucket);
        return (scene.Used.GetValueOrDefault(key).Quantity, scene.Held.GetValueOrDefault(key));
    }

    internal static PriceCurve Curve(QuotaScene scene, CompiledCharge charge, int bucket) =>
        PriceCurve.Of(charge.Buckets[bucket].Price!, scene.Period.Days)
        ?? throw new InvalidOperationException($"Charge '{charge.Definition.Id}' has a limit that its price cannot have.");

    private static decimal InMeterUnit(CompiledCharge charge, decimal priced) => priced >= PriceCurve.Unbounded
        ? PriceCurve.Unbounded
        : Floor(priced * charge.PricedUnit!.Factor / charge.MeterUnit!.Factor);
}
