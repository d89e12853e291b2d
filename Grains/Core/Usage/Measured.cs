namespace OrleansBilling.Core.Usage;

/// <summary>What a meter makes of an event: what plans are asked to price.</summary>
/// <param name="Quantity">In the meter's unit.</param>
/// <param name="Dimensions">In order of their names.</param>
/// <param name="Folded">A dimension whose value is none of the meter's and became the bucket of all others; null when there is
/// none.</param>
public readonly record struct Measured(decimal Quantity, KeyValuePair<string, string>[] Dimensions, string? Folded = null);
