using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Allowances;

/// <summary>What one device adds to the totals of a charge with allowances in a period.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Totals">Usage in the meter's unit, and days, by the charge's buckets.</param>
public sealed record PoolDevice(string Device, IReadOnlyDictionary<BucketKey, decimal> Totals);
