using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>What one of a device's aggregates is of.</summary>
/// <param name="Terms">Number of the subscription's terms.</param>
/// <param name="Key">A price bucket; or, with charge -1, a meter by its number: all that the device reported of
/// it.</param>
internal readonly record struct DeviceBucket(int Terms, int UsagePeriod, BucketKey Key)
{
    public static DeviceBucket OfMeter(int terms, int usagePeriod, int meter) => new(terms, usagePeriod, new(-1, meter));
}
