using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Pricing;

/// <summary>Rounds a quantity to increments.</summary>
/// <param name="RoundTo">The increment, above 0.</param>
/// <param name="Mode">Which multiple is taken.</param>
/// <param name="First">The first increment: whatever is above 0 counts at least this, and only what is beyond it is
/// rounded to <paramref name="RoundTo"/>. 60 with 1 is the 60/1 of call tariffs. Null: none.</param>
public sealed record QuantityRounding(decimal RoundTo, RoundingMode Mode = RoundingMode.Up, decimal? First = null)
{
    /// <summary>The rounded quantity; exact. A negative one is rounded like its opposite.</summary>
    public decimal Apply(decimal quantity) => Apply(quantity, 1m);

    /// <summary>A quantity that, like every one below it, does not come to more than that when it is rounded.</summary>
    internal decimal LargestWithin(decimal limit)
    {
        var first = First ?? 0m;
        return limit < first ? 0m : first + (limit - first) - ((limit - first) % RoundTo);
    }

    /// <summary>Rounds a quantity of which one unit of the increments is <paramref name="factor"/>.</summary>
    internal decimal Apply(decimal quantity, decimal factor)
    {
        if (quantity <= 0m)
        {
            return quantity == 0m ? 0m : -Apply(-quantity, factor);
        }

        var first = ExactMath.Multiply(First ?? 0m, factor);
        return quantity <= first ? first : first + Multiple(quantity - first, ExactMath.Multiply(RoundTo, factor));
    }

    // The remainder is exact; a quotient need not be.
    private decimal Multiple(decimal quantity, decimal step)
    {
        var rest = quantity % step;
        var below = quantity - rest;
        var up = rest != 0m && Mode switch
        {
            RoundingMode.Up => true,
            RoundingMode.Down => false,
            RoundingMode.HalfUp => rest >= step - rest,
            _ => rest > step - rest || (rest == step - rest && below % (step + step) != 0m),
        };
        return up ? below + step : below;
    }
}
