using NodaTime;

namespace OrleansBilling.Core.Rating;

/// <summary>Usage to quote.</summary>
/// <param name="Time">When; null where the price does not depend on time.</param>
/// <param name="Value">In the meter's unit; with an inline charge in the charge's unit.</param>
/// <param name="Dimensions">Null is none.</param>
/// <param name="Meter">With a plan: the meter's id; null for the only meter of the plan.</param>
/// <param name="Device">Whose usage it is, where devices are aggregated or rounded by themselves; usage without one is
/// that of one device.</param>
public sealed record TimedQuantity(
    Instant? Time,
    decimal Value,
    IReadOnlyList<KeyValuePair<string, string>>? Dimensions = null,
    string? Meter = null,
    string? Device = null);
