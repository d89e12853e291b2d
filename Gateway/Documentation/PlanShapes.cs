namespace OrleansBilling.Gateway.Documentation;

/// <summary>A plan in the plan format.</summary>
/// <param name="Id">1–64 letters, digits, '.', '_' or '-'.</param>
/// <param name="Name">The id when left out.</param>
/// <param name="Currency">ISO 4217 code of every amount in it.</param>
/// <param name="Cycle">The billing cycle; monthly when left out.</param>
/// <param name="Rounding">How a line becomes minor units, once: halfAwayFromZero (default), halfEven, down or
/// up.</param>
/// <param name="Charges">In the order of the bill.</param>
internal sealed record PlanShape(
    string Id, string? Name, string Currency, CycleShape? Cycle, string? Rounding, ChargeShape[] Charges);

/// <summary>How often a subscription is billed.</summary>
/// <param name="Unit">day, week, month or year.</param>
/// <param name="Count">How many make a period.</param>
internal sealed record CycleShape(string? Unit, int? Count);

/// <summary>A charge: a price model with its parameters, or prices by time.</summary>
/// <param name="Id">Unique in the plan; not needed in a quote.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">usage, recurring or oneTime; usage when a meter is named, else recurring.</param>
/// <param name="Meter">Of a usage charge: id of the meter.</param>
/// <param name="Unit">The priced unit; the meter's own when left out.</param>
/// <param name="Of">What of an event is priced: its value (default) or the events themselves.</param>
/// <param name="Where">Only events whose dimensions have one of the values count.</param>
/// <param name="PerEvent">Applied to each event's value first.</param>
/// <param name="PerDevice">Rounds each device's quantity of a period before devices are added up.</param>
/// <param name="PerLine">Rounds the period's quantity, in the priced unit, before it is priced.</param>
/// <param name="Model">flat, perUnit, graduated, volume, package or stairstep.</param>
/// <param name="Amount">Of flat.</param>
/// <param name="UnitPrice">Of perUnit.</param>
/// <param name="Tiers">Of graduated, volume and stairstep: ascending, the last one unbounded.</param>
/// <param name="TierBounds">What the bounds refer to.</param>
/// <param name="FirstFlatAtZero">Whether the first tier's flat fee is due without usage.</param>
/// <param name="PackageSize">Of package.</param>
/// <param name="PackagePrice">Of package.</param>
/// <param name="FreeUnits">Of package.</param>
/// <param name="TimeOfUse">Prices by local time, in place of a model.</param>
/// <param name="Schedule">Prices by instant, in place of a model.</param>
/// <param name="FreeQuantity">Units of a period that are free.</param>
/// <param name="DiscountPercent">0 to 100.</param>
/// <param name="Minimum">The least a period costs.</param>
/// <param name="Maximum">The most a period costs.</param>
/// <param name="Proration">Of a recurring charge: what a part of a period costs.</param>
/// <param name="Per">Of a recurring charge: what the amount is for.</param>
internal sealed record ChargeShape(
    string? Id,
    string? Name,
    string? Kind,
    string? Meter,
    string? Unit,
    string? Of,
    Dictionary<string, string[]>? Where,
    PerEventShape? PerEvent,
    RoundingShape? PerDevice,
    RoundingShape? PerLine,
    string? Model,
    decimal? Amount,
    decimal? UnitPrice,
    TierShape[]? Tiers,
    string? TierBounds,
    bool? FirstFlatAtZero,
    decimal? PackageSize,
    decimal? PackagePrice,
    decimal? FreeUnits,
    object? TimeOfUse,
    object? Schedule,
    decimal? FreeQuantity,
    decimal? DiscountPercent,
    decimal? Minimum,
    decimal? Maximum,
    string? Proration,
    string? Per);

/// <summary>A tier of prices.</summary>
/// <param name="UpTo">Inclusive upper bound; null for the last tier.</param>
/// <param name="UnitPrice">Per unit.</param>
/// <param name="FlatFee">Due once when the tier is entered.</param>
internal sealed record TierShape(decimal? UpTo, decimal? UnitPrice, decimal? FlatFee);

/// <summary>Applied to each event's value.</summary>
/// <param name="Free">Taken off first.</param>
/// <param name="RoundUpTo">Rounded up to whole multiples of this.</param>
/// <param name="RoundTo">Rounded to multiples of this, and shown on the line.</param>
/// <param name="Mode">up (default), down, halfUp or halfEven.</param>
/// <param name="First">The first increment, taken whole.</param>
internal sealed record PerEventShape(decimal? Free, decimal? RoundUpTo, decimal? RoundTo, string? Mode, decimal? First);

/// <summary>Rounds a quantity to increments.</summary>
/// <param name="RoundTo">Rounded to multiples of this.</param>
/// <param name="Mode">up (default), down, halfUp or halfEven.</param>
/// <param name="First">The first increment: whatever is above 0 counts at least this.</param>
internal sealed record RoundingShape(decimal RoundTo, string? Mode, decimal? First);
