using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>What rounding did to a quantity before it is priced, each as a step of its own.</summary>
internal static class QuantitySteps
{
    /// <summary>Steps for what rounding events and devices added to a bucket's total.</summary>
    internal static void AddedBefore(
        CompiledCharge charge, int bucket, decimal seconds, IReadOnlyDictionary<BucketKey, BucketTotal> totals, StepList steps)
    {
        Added(charge, bucket, seconds, totals, Companion.Events, charge.Definition.PerSession is null ? "each event" : "each session", steps);
        Added(charge, bucket, seconds, totals, Companion.Devices, "each device's total", steps);
    }

    /// <summary>Rounds a bucket's total; gives it in the priced unit.</summary>
    /// <param name="charge">Has the units.</param>
    /// <param name="rounding">In the priced unit.</param>
    /// <param name="bucket">For the text.</param>
    /// <param name="seconds">Of the period, for averages.</param>
    /// <param name="metered">In the meter's unit: exact, also where it is no finite decimal in the priced one.</param>
    /// <param name="converted">The same in the priced unit, for the text.</param>
    /// <param name="steps">Takes the step, when anything changed.</param>
    internal static decimal RoundLine(
        CompiledCharge charge, QuantityRounding rounding, int bucket, decimal seconds, decimal metered, decimal converted,
        StepList steps)
    {
        var to = charge.IsAverage ? ExactMath.Multiply(charge.PricedUnit!.Factor, seconds) : charge.PricedUnit!.Factor;
        var rounded = DecimalText.Normalize(
            rounding.Apply(ExactMath.Multiply(metered, charge.MeterUnit!.Factor), to) / to);
        Add(charge, bucket, "the total", rounded - converted, steps);
        return rounded;
    }

    /// <summary>
    /// Whether rounding devices took something off: then there was usage, also where nothing is left of it and no event is of this
    /// part, as of a session that begins before it and ends behind it.
    /// </summary>
    internal static bool IsRoundedAway(CompiledCharge charge, int bucket, IReadOnlyDictionary<BucketKey, BucketTotal> totals) =>
        charge.Definition.PerDevice is not null
        && totals.TryGetValue(new(charge.Index, charge.CompanionOf(bucket, Companion.Devices)), out var total) && total.Quantity != 0m;

    private static void Added(
        CompiledCharge charge, int bucket, decimal seconds, IReadOnlyDictionary<BucketKey, BucketTotal> totals,
        Companion companion, string what, StepList steps)
    {
        if (totals.TryGetValue(new(charge.Index, charge.CompanionOf(bucket, companion)), out var total))
        {
            _ = charge.TryConvert(total.Quantity, seconds, out var added);
            Add(charge, bucket, what, added, steps);
        }
    }

    private static void Add(CompiledCharge charge, int bucket, string what, decimal added, StepList steps)
    {
        if (added == 0m)
        {
            return;
        }

        var name = charge.Buckets[bucket].Name;
        var label = name.Length == 0 ? "" : name + ": ";
        var amount = PriceEvaluation.Count(Math.Abs(added), charge.PricedUnit!.Symbol);
        steps.Add($"{label}rounding {what} {(added > 0m ? "added" : "took off")} {amount}", added, null, 0m,
            StepKinds.QuantityRounding);
    }
}
