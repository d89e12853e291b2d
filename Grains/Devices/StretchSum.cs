using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>What usage that lasts comes to in one bucket.</summary>
/// <param name="Total">Without events.</param>
/// <param name="Charge">Exact money it causes where the price is linear; null where it depends on totals.</param>
/// <param name="Added">How much of the quantity rounding added.</param>
/// <param name="PerDevice">Whether the device's own total is rounded first.</param>
internal readonly record struct StretchSum(BucketTotal Total, decimal? Charge, decimal Added, bool PerDevice)
{
    public StretchSum Add(in StretchSum other) =>
        new(Total.Add(other.Total), Charge + other.Charge, Added + other.Added, PerDevice || other.PerDevice);
}
