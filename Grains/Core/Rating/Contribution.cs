namespace OrleansBilling.Core.Rating;

/// <summary>What one usage event adds to one bucket.</summary>
/// <param name="Key">The bucket.</param>
/// <param name="Quantity">In the meter's unit, after per-event rules.</param>
/// <param name="Amount">Exact, in major units; only of schedules with direct prices, else zero.</param>
/// <param name="UnroundedCharge">The exact money this event alone causes, where the price is linear in usage; null
/// where it depends on the period's total (tiers, packages, free quantity, minimum, maximum) or has no finite
/// decimal.</param>
public readonly record struct Contribution(BucketKey Key, decimal Quantity, decimal Amount, decimal? UnroundedCharge);
