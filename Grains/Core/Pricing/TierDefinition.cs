namespace OrleansBilling.Core.Pricing;

/// <summary>A tier of prices, <c>(bound of the tier before, UpTo]</c>.</summary>
/// <param name="UpTo">Inclusive upper bound, in the priced unit; null for the last, unbounded tier.</param>
/// <param name="UnitPrice">Per priced unit; null is zero when there is a flat fee.</param>
/// <param name="FlatFee">Due once when the tier is entered; null is zero when there is a unit price.</param>
/// <param name="RatePercent">Of graduated percentages, in place of the unit price: percent of the value in the
/// tier.</param>
public sealed record TierDefinition(
    decimal? UpTo, decimal? UnitPrice = null, decimal? FlatFee = null, decimal? RatePercent = null);
