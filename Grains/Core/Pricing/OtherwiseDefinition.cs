namespace OrleansBilling.Core.Pricing;

/// <summary>The price at any time that no window covers.</summary>
/// <param name="Name">Shown on the bill, e.g. <c>off-peak</c>.</param>
/// <param name="Price">The price then.</param>
public sealed record OtherwiseDefinition(string Name, PriceDefinition Price);
