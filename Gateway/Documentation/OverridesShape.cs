namespace OrleansBilling.Gateway.Documentation;

/// <summary>What a subscription agrees otherwise than its plan.</summary>
/// <param name="Charges">At most one for each charge of the plan.</param>
/// <param name="Discounts">Taken after the plan's own; their periods are counted from the one in which the overrides begin.</param>
internal sealed record OverridesShape(ChargeOverrideShape[]? Charges, DiscountShape[]? Discounts);

/// <summary>What replaces the terms of a charge: a price model with its parameters, as in a plan, and these.</summary>
/// <param name="Id">Of a charge of the plan.</param>
/// <param name="Model">With its parameters beside it, as in a plan.</param>
/// <param name="Amount">Of flat.</param>
/// <param name="UnitPrice">Of perUnit.</param>
/// <param name="Tiers">Of tiered models.</param>
/// <param name="TimeOfUse">Prices by local time, in place of a model.</param>
/// <param name="FreeQuantity">Units of a period that are free.</param>
/// <param name="DiscountPercent">0 to 100.</param>
/// <param name="Minimum">The least a period costs.</param>
/// <param name="Maximum">The most a period costs.</param>
internal sealed record ChargeOverrideShape(
    string Id,
    string? Model,
    decimal? Amount,
    decimal? UnitPrice,
    TierShape[]? Tiers,
    object? TimeOfUse,
    decimal? FreeQuantity,
    decimal? DiscountPercent,
    decimal? Minimum,
    decimal? Maximum);
