using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Reservations;

/// <summary>A quantity that is reserved of a bucket.</summary>
/// <param name="Key">The bucket, of the plan version in force.</param>
/// <param name="Quantity">In the meter's unit, after per-event rules.</param>
public readonly record struct QuotaHold(BucketKey Key, decimal Quantity);
