namespace OrleansBilling.Core.Rating;

/// <summary>What one usage event adds to one bucket.</summary>
/// <param name="Key">The bucket.</param>
/// <param name="Quantity">In the meter's unit, after per-event rules.</param>
/// <param name="Amount">Exact, in major units; only where each event is priced by itself (a schedule's direct price,
/// limits per event), else zero.</param>
/// <param name="UnroundedCharge">The exact money this event alone causes, where the price is linear in usage; null
/// where it depends on the period's total (tiers, packages, free quantity, minimum, maximum) or has no finite
/// decimal.</param>
/// <param name="Added">How much of the quantity rounding the event added; less than zero for what it took off. 0 where
/// the charge does not show it.</param>
/// <param name="Aggregate">What is merged instead of adding the quantity, which then is zero; null where quantities are
/// added.</param>
/// <param name="PerDevice">Whether <paramref name="Aggregate"/> is merged for each device by itself; see
/// <see cref="DeviceQuantity"/>.</param>
public readonly record struct Contribution(
    BucketKey Key,
    decimal Quantity,
    decimal Amount,
    decimal? UnroundedCharge,
    decimal Added = 0m,
    Aggregate? Aggregate = null,
    bool PerDevice = false);
