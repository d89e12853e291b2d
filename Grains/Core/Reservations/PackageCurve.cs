using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Reservations;

/// <summary>Whole packages behind some free units.</summary>
/// <param name="free">Units before the first package.</param>
/// <param name="size">Units in a package; above zero.</param>
/// <param name="price">Of each package that is begun.</param>
internal sealed class PackageCurve(decimal free, decimal size, decimal price) : PriceCurve
{
    internal override decimal Peak(decimal low, decimal high) => Math.Max(At(low), At(high));

    internal override decimal Ceiling(decimal low, decimal amount)
    {
        if (At(low) > amount)
        {
            return low;
        }

        if (price <= 0m)
        {
            return Unbounded;
        }

        var packages = decimal.Floor(amount / price);
        return packages < (Unbounded - free) / size ? Math.Max(low, free + (packages * size)) : Unbounded;
    }

    private decimal At(decimal quantity)
    {
        var beyond = Math.Max(0m, quantity - free);
        var rest = beyond % size;
        return ExactMath.Multiply(price, decimal.Truncate((beyond - rest) / size) + (rest > 0m ? 1m : 0m));
    }
}
