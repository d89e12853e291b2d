using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>Rates a usage charge with several allowances: what they cover, the blocks that were bought, and the price of the
/// rest.</summary>
internal static class AllowanceRating
{
    /// <summary>Null when there is no line.</summary>
    /// <remarks>The share of the period is without pauses, for minimum and maximum; the share in force is with them, for pools.</remarks>
    internal static RatedCharge? Rate(
        CompiledPlan plan, CompiledCharge charge, BillingPeriod period, bool isActive, ProrationRatio share, ProrationRatio inForce,
        IReadOnlyDictionary<BucketKey, BucketTotal> totals, CarriedOver carried)
    {
        var allowances = charge.Allowances!;
        var steps = DerivationSteps.Of(charge);
        var walk = new AllowanceWalk(charge, period.Days, inForce, totals, carried);
        var rows = Rows(charge, totals);
        for (var row = 0; row < rows.Length; row++)
        {
            QuantitySteps.AddedBefore(charge, row, UsageRating.SecondsOf(period), totals, steps);
        }

        var isExact = true;
        foreach (var use in walk.Uses.Where(use => use.Covered > 0m || use.Blocks > 0m))
        {
            var covered = allowances.InPricedUnit(use.Covered, out var exact);
            isExact &= exact && use.IsExact;
            Add(use, covered, allowances, charge.PricedUnit!.Symbol, period.Days, steps);
        }

        AddBeyond(walk, charge, steps);
        var quantity = 0m;
        for (var row = 0; row < rows.Length; row++)
        {
            quantity = ExactMath.Add(quantity, Row(charge, row, rows[row], walk.LeftOf(row), period.Days, steps, ref isExact));
        }

        if (!isExact)
        {
            UsageRating.SettleConversion(charge, steps);
        }

        return rows.Any(row => UsageRating.IsUsage(row, charge)) || (isActive && UsageRating.DueWithoutUsage(charge.Definition))
            ? ChargeClosing.Close(
                plan, charge, "usage", quantity, charge.PricedUnit!.Symbol, rows.Sum(row => row.Events), share, steps)
            : null;
    }

    /// <summary>All usage of each row, whatever its scopes.</summary>
    private static BucketTotal[] Rows(CompiledCharge charge, IReadOnlyDictionary<BucketKey, BucketTotal> totals)
    {
        var buckets = charge.Allowances!.Buckets;
        var rows = new BucketTotal[charge.Buckets.Count];
        foreach (var usage in buckets.Classes)
        {
            rows[usage.Row] = rows[usage.Row].Add(totals.GetValueOrDefault(charge.Allowances.Key(buckets.Usage(usage))));
        }

        return rows;
    }

    /// <summary>Prices what is left of a row; gives all that was used of it, in the priced unit.</summary>
    private static decimal Row(
        CompiledCharge charge, int row, in BucketTotal total, decimal left, int days, StepList steps, ref bool isExact)
    {
        var (name, price) = charge.Buckets[row];
        var quantity = charge.Allowances!.InPricedUnit(total.Quantity, out _);
        if (quantity == 0m && !price!.FirstFlatAtZero)
        {
            UsageRating.AddFreeUsage(charge.Definition, total, steps);
            return 0m;
        }

        var rest = charge.Allowances.InPricedUnit(left, out var exact);
        rest = isExact || left == total.Quantity ? rest : charge.Allowances.Settle(rest);
        isExact &= exact;
        PriceEvaluation.Evaluate(
            price!, rest, total, TierPlace.Alone(rest), days, name.Length == 0 ? "" : name + ": ", charge.PricedUnit!.Symbol, steps);
        return quantity;
    }

    private static void Add(
        AllowanceUse use, decimal covered, CompiledAllowances allowances, string unit, int days, StepList steps)
    {
        var terms = use.Allowance.Terms;
        var each = PriceEvaluation.Count(terms.Quantity, unit);
        if (terms.Kind == AllowanceKind.Block)
        {
            var count = use.Blocks == 1m ? $"1 block of {each}" : $"{DecimalText.Format(use.Blocks)} blocks of {each}";
            steps.Price($"{terms.Name}: {count}", use.Blocks, terms.Price!.Value);
            return;
        }

        var carried = allowances.InPricedUnit(use.CarriedIn, out _);
        var text = $"{terms.Name}: " + terms.Kind switch
        {
            AllowanceKind.Device => $"{each} of its own for each of {DeviceRating.Devices(use.Devices)}",
            AllowanceKind.Flex => $"pool of {DeviceRating.Devices(use.Devices)}, {each} each",
            _ => $"pool of {PriceEvaluation.Count(allowances.InPricedUnit(use.Own, out _), unit)}",
        };
        text += terms.IsPerDevice && use.DeviceDays != use.Devices * days
            ? $", for {DecimalText.Format(use.DeviceDays)} of {use.Devices * days} device-days"
            : "";
        text += carried > 0m ? $", and {PriceEvaluation.Count(carried, unit)} carried over" : "";
        steps.Add(text, covered, 0m, 0m, terms.Kind == AllowanceKind.Fixed ? StepKinds.Free : StepKinds.Pool);
    }

    private static void AddBeyond(AllowanceWalk walk, CompiledCharge charge, StepList steps)
    {
        if (walk.Beyond == 0m)
        {
            return;
        }

        var unit = charge.PricedUnit!.Symbol;
        var beyond = charge.Allowances!.InPricedUnit(walk.Beyond, out _);
        var limit = PriceEvaluation.Count(charge.Definition.PoolLimitPerDevice!.Value, unit);
        steps.Add(
            $"{PriceEvaluation.Count(beyond, unit)} of devices beyond {limit} of the pools each", beyond, null, 0m, StepKinds.DeviceLimit);
    }
}
