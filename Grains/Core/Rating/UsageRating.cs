using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>Rates one usage charge.</summary>
internal static class UsageRating
{
    /// <summary>Null when there is no line.</summary>
    /// <remarks>The share of the period is without pauses, for minimum and maximum; the share in force is with them, for pools.</remarks>
    internal static RatedCharge? Rate(
        CompiledPlan plan,
        CompiledCharge charge,
        BillingPeriod period,
        bool isActive,
        ProrationRatio share,
        ProrationRatio inForce,
        IReadOnlyDictionary<BucketKey, BucketTotal> totals,
        CarriedOver carried,
        UnitPacks packs)
    {
        if (charge.Allowances is not null)
        {
            return AllowanceRating.Rate(plan, charge, period, isActive, share, inForce, totals, carried);
        }

        var steps = DerivationSteps.Of(charge);
        var quantity = 0m;
        var events = 0L;
        var used = false;
        var isExact = true;
        var drawn = new List<PackDraw>(0);
        for (var bucket = 0; bucket < charge.Buckets.Count; bucket++)
        {
            var known = totals.TryGetValue(new(charge.Index, bucket), out var total);
            used |= QuantitySteps.IsRoundedAway(charge, bucket, totals);
            if (!known && charge.Buckets.Count > 1)
            {
                continue;
            }

            used |= IsUsage(total, charge) || (total.Events > 0 && charge.Buckets[bucket].Price?.NeedsEvents() == true);
            QuantitySteps.AddedBefore(charge, bucket, SecondsOf(period), totals, steps);
            quantity = ExactMath.Add(quantity, Bucket(charge, bucket, total, period, totals, packs, drawn, steps, out var exact));
            isExact &= exact;
            events += total.Events;
        }

        if (!isExact)
        {
            SettleConversion(charge, steps);
        }

        return used || (isActive && DueWithoutUsage(charge.Definition))
            ? ChargeClosing.Close(plan, charge, "usage", quantity, charge.PricedUnit?.Symbol, events, share, steps) with { Packs = drawn.Count == 0 ? [] : drawn }
            : null;
    }

    /// <summary>Adds the steps of one bucket; gives its quantity in the priced unit.</summary>
    private static decimal Bucket(
        CompiledCharge charge, int bucket, BucketTotal total, BillingPeriod period, IReadOnlyDictionary<BucketKey, BucketTotal> totals,
        UnitPacks packs, List<PackDraw> drawn, StepList steps, out bool isExact)
    {
        var unit = charge.PricedUnit!;
        var (days, seconds) = (period.Days, SecondsOf(period));
        isExact = charge.TryConvert(total.Quantity, seconds, out var quantity);
        if (charge.Definition.PerLine is { } perLine)
        {
            (quantity, isExact) = (QuantitySteps.RoundLine(charge, perLine, bucket, seconds, total.Quantity, quantity, steps), true);
        }

        var (name, price) = charge.Buckets[bucket];
        if (price is null)
        {
            steps.Add($"{PriceEvaluation.Count(quantity, unit.Symbol)} at the prices of their times", quantity, null,
                total.Amount, StepKinds.Price);
            return quantity;
        }

        if (quantity == 0m && !price.FirstFlatAtZero && !(price.NeedsEvents() && total.Events > 0))
        {
            AddFreeUsage(charge.Definition, total, steps);
            return 0m;
        }

        var rest = TakeFree(charge.Definition, quantity, unit.Symbol, steps);
        if (charge.Definition.Allowance is { } allowance && rest > 0m)
        {
            var pool = DeviceRating.Pool(charge, allowance, days, totals);
            var taken = Math.Min(pool.Quantity, rest);
            steps.Add(pool.Text, taken, 0m, 0m, StepKinds.Pool);
            rest = ExactMath.Subtract(rest, taken);
            isExact &= pool.IsExact;
        }

        rest = TakePacks(charge, rest, packs, drawn, steps);
        var label = name.Length == 0 ? "" : name + ": ";
        PriceEvaluation.Evaluate(
            price, rest, total, SharedTiers.Place(charge, bucket, rest, seconds, totals), days, label, unit.Symbol, steps);
        return quantity;
    }

    /// <summary>
    /// A quantity that has no finite decimal in the priced unit (64,596 s are 17.94333… h) is off by half of its 12th place
    /// at most, which would turn an amount of exactly half a minor unit down. What that can change is rounded away: more
    /// places the higher the price, so that 20 min at 30,000 an hour are 10,000 and not a yen less.
    /// </summary>
    internal static void SettleConversion(CompiledCharge charge, StepList steps)
    {
        var places = 9;
        for (var price = HighestPrice(charge); price >= 1_000m && places > 0; price /= 10m)
        {
            places--;
        }

        var settled = decimal.Round(steps.Exact, places, MidpointRounding.ToEven);
        if (settled != steps.Exact)
        {
            steps.BringTo(settled, "converted without a rest", StepKinds.Rounding);
        }
    }

    /// <summary>Of an empty period 1: nothing can be used in it.</summary>
    internal static decimal SecondsOf(BillingPeriod period) => Math.Max(1m, UsageStretch.Seconds(period.Start, period.End));

    private static decimal HighestPrice(CompiledCharge charge) => charge.Buckets
        .SelectMany(bucket => (bucket.Price?.Tiers?.Select(tier => tier.UnitPrice) ?? []).Append(bucket.Price?.UnitPrice))
        .Max(price => Math.Abs(price ?? 0m));

    internal static void AddFreeUsage(ChargeDefinition charge, BucketTotal total, StepList steps)
    {
        if (total.Events > 0)
        {
            var text = charge.PerDevice is null && charge.PerLine is null && charge.PerEvent?.Rounding is null
                ? "nothing beyond what is free for each event"
                : "nothing left after rounding";
            steps.Add(text, 0m, null, 0m, StepKinds.Free);
        }
    }

    private static decimal TakeFree(ChargeDefinition charge, decimal quantity, string unit, StepList steps)
    {
        if (charge.FreeQuantity is not { } free || free == 0m || quantity <= 0m)
        {
            return quantity;
        }

        var taken = Math.Min(free, quantity);
        steps.Add($"first {PriceEvaluation.Count(free, unit)} free", taken, 0m, 0m, StepKinds.Free);
        return ExactMath.Subtract(quantity, taken);
    }

    /// <summary>Packs cover what is beyond everything that the plan includes; a charge with several prices has none.</summary>
    private static decimal TakePacks(CompiledCharge charge, decimal rest, UnitPacks packs, List<PackDraw> drawn, StepList steps)
    {
        if (!TakesPacks(charge) || rest <= 0m)
        {
            return rest;
        }

        var unit = charge.PricedUnit!.Symbol;
        foreach (var (pack, left) in packs.Of(charge.Definition.Id, unit))
        {
            if (rest > 0m)
            {
                var taken = Math.Min(left, rest);
                var text = left == pack.Quantity ? "" : $", of which {PriceEvaluation.Count(left, unit)} were left";
                steps.Add($"pack {pack.Id} of {PriceEvaluation.Count(pack.Quantity, unit)}{text}", taken, 0m, 0m, StepKinds.Pack);
                drawn.Add(new(pack.Id, taken));
                rest = ExactMath.Subtract(rest, taken);
            }
        }

        return rest;
    }

    /// <summary>Whether packs can be for a charge: it has one price, and a quantity alone makes it.</summary>
    internal static bool TakesPacks(CompiledCharge charge) =>
        charge is { Meter: not null, Buckets: [{ Price: { } price }], Allowances: null } && !price.NeedsEvents()
        && price.Model != PriceModel.Dynamic;

    internal static bool IsUsage(BucketTotal total, CompiledCharge charge) =>
        total.Quantity != 0m || total.Amount != 0m
        || (total.Events > 0 && charge.Definition is { PerEvent: not null } or { PerDevice: not null });

    internal static bool DueWithoutUsage(ChargeDefinition charge) =>
        charge.Minimum is > 0m || charge.Price is { FirstFlatAtZero: true };
}
