namespace OrleansBilling.Core.Rating;

/// <summary>The key of a usage total within one plan version.</summary>
/// <param name="Charge">Index of the charge in the plan.</param>
/// <param name="Bucket">Index of the window or band; the number of windows for the price outside them; 0 where there
/// are none.</param>
public readonly record struct BucketKey(int Charge, int Bucket);
