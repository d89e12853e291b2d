using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>A change of one price bucket of one slice.</summary>
/// <param name="Charge">Exact money it causes where the price is linear; null where it depends on totals.</param>
/// <param name="Merged">What is merged into the slice besides; null where everything is added.</param>
internal readonly record struct PlacedContribution(
    SliceTotals Slice, BucketKey Key, BucketTotal Change, decimal? Charge, Aggregate? Merged = null);
