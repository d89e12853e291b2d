namespace OrleansBilling.Core.Pricing;

/// <summary>Applied to the value of each event, before anything is added up; both in the meter's unit.</summary>
/// <param name="Free">Taken off every event, not below zero; null is none.</param>
/// <param name="RoundUpTo">What is left is rounded up to a multiple of this: sessions by the started kilobyte, rides
/// by the started half hour. Null: not rounded.</param>
/// <param name="Rounding">The same with a mode and a first increment, and shown as a step of the line; not together with
/// <paramref name="RoundUpTo"/>.</param>
public sealed record PerEventRule(decimal? Free = null, decimal? RoundUpTo = null, QuantityRounding? Rounding = null);
