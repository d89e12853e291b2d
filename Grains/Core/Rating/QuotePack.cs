namespace OrleansBilling.Core.Rating;

/// <summary>A quantity that was bought for a charge.</summary>
/// <param name="Charge">Id of the usage charge; null for the inline one.</param>
/// <param name="Quantity">Above zero.</param>
/// <param name="Unit">Converts to the charge's; null for that one.</param>
public sealed record QuotePack(string? Charge, decimal Quantity, string? Unit);
