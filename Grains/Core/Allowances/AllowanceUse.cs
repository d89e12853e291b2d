using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Allowances;

/// <summary>How much there was of an allowance in a period, and how much of it was used; in the meter's unit.</summary>
/// <param name="Allowance">Which one.</param>
/// <param name="Own">The period's own quantity, of all devices; of a block: of all blocks that were bought.</param>
/// <param name="Carried">What earlier periods left, the oldest first; used before the period's own.</param>
/// <param name="Covered">What it covered of usage.</param>
/// <param name="Devices">Of an allowance per device: how many brought it.</param>
/// <param name="DeviceDays">Of an allowance per device: their local days.</param>
/// <param name="Blocks">Of a block: how many were bought.</param>
/// <param name="IsExact">Whether <paramref name="Own"/> is exact in the meter's unit.</param>
internal sealed record AllowanceUse(
    CompiledAllowance Allowance, decimal Own, IReadOnlyList<CarriedQuantity> Carried, decimal Covered, long Devices = 0,
    decimal DeviceDays = 0m, decimal Blocks = 0m, bool IsExact = true)
{
    /// <summary>All that was carried into the period.</summary>
    internal decimal CarriedIn => Carried.Aggregate(0m, (sum, carried) => ExactMath.Add(sum, carried.Quantity));

    /// <summary>What was not used.</summary>
    internal decimal Left => Math.Max(0m, ExactMath.Subtract(ExactMath.Add(CarriedIn, Own), Covered));

    /// <summary>What is left of the period's own quantity.</summary>
    internal decimal OwnLeft => Math.Min(Own, Left);

    /// <summary>What is left of each earlier period's.</summary>
    internal IReadOnlyList<CarriedQuantity> CarriedLeft()
    {
        var used = Covered;
        var left = new List<CarriedQuantity>();
        foreach (var carried in Carried)
        {
            var taken = Math.Min(used, carried.Quantity);
            used = ExactMath.Subtract(used, taken);
            if (taken < carried.Quantity)
            {
                left.Add(carried with { Quantity = ExactMath.Subtract(carried.Quantity, taken) });
            }
        }

        return left;
    }
}
