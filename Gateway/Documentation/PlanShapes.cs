namespace OrleansBilling.Gateway.Documentation;

/// <summary>A plan in the plan format.</summary>
/// <param name="Id">1–64 letters, digits, '.', '_' or '-'.</param>
/// <param name="Name">The id when left out.</param>
/// <param name="Currency">ISO 4217 code of every amount in it.</param>
/// <param name="Cycle">The billing cycle; monthly when left out.</param>
/// <param name="Rounding">How a line becomes minor units, once: halfAwayFromZero (default), halfEven, down or
/// up.</param>
/// <param name="Charges">In the order of the bill.</param>
/// <param name="Lookups">Tables that turn a dimension of an event into another, before any charge sees it.</param>
/// <param name="Minimum">The least a subscription pays in a period over all charges, before tax.</param>
/// <param name="Maximum">The most it pays.</param>
/// <param name="Discounts">Taken in this order, after minimum and maximum.</param>
/// <param name="Trial">How a subscription begins.</param>
/// <param name="Phases">What follows the trial, before the plan is as it says.</param>
/// <param name="Term">How long a subscription is agreed for.</param>
/// <param name="PausedUsage">What becomes of usage in a pause: quarantined (default) or billed.</param>
/// <param name="DeviceStates">What is special about states of devices; each state at most once.</param>
internal sealed record PlanShape(
    string Id,
    string? Name,
    string Currency,
    CycleShape? Cycle,
    string? Rounding,
    ChargeShape[] Charges,
    LookupShape[]? Lookups,
    CommitmentShape? Minimum,
    CommitmentShape? Maximum,
    DiscountShape[]? Discounts,
    TrialShape? Trial,
    PhaseShape[]? Phases,
    TermShape? Term,
    string? PausedUsage,
    DeviceStateShape[]? DeviceStates);

/// <summary>A look-up table.</summary>
/// <param name="Dimension">What is set; it replaces what the event says itself.</param>
/// <param name="From">What is looked up; an event without it is left as it is.</param>
/// <param name="Match">exact (default), or prefix: the longest key that the value begins with.</param>
/// <param name="Values">What each key becomes; at most 10,000.</param>
/// <param name="Otherwise">What becomes of a value that no key fits; left as it is when left out.</param>
internal sealed record LookupShape(
    string Dimension, string From, string? Match, Dictionary<string, string> Values, string? Otherwise);

/// <summary>A bound of the whole bill, a line of its own.</summary>
/// <param name="Amount">For a whole period.</param>
/// <param name="Name">Of the line.</param>
/// <param name="Prorate">Whether a part of a period has its share by day: by default a minimum has, a maximum has
/// not.</param>
/// <param name="Block">Of the maximum: whether reservations of quota end at it; false when left out.</param>
internal sealed record CommitmentShape(decimal Amount, string? Name, bool? Prorate, bool? Block);

/// <summary>A reduction of the bill, a line of its own; either percent or amount.</summary>
/// <param name="Id">Unique among charges and discounts.</param>
/// <param name="Name">Of the line.</param>
/// <param name="Percent">0 to 100, of what earlier discounts left.</param>
/// <param name="Amount">Off each period, never more than is left.</param>
/// <param name="Charges">Ids of charges; the whole bill when left out.</param>
/// <param name="Periods">Billing periods from the first on; all when left out.</param>
internal sealed record DiscountShape(
    string Id, string? Name, decimal? Percent, decimal? Amount, string[]? Charges, int? Periods);

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
/// <param name="Where">Only events whose dimensions have one of the values count; or a text: the expression that is true for events
/// that count.</param>
/// <param name="PerEvent">Applied to each event's value first.</param>
/// <param name="PerSession">Rounds what each session comes to, once; only of meters with sessions.</param>
/// <param name="PerDevice">Rounds each device's quantity of a period before devices are added up.</param>
/// <param name="PerLine">Rounds the period's quantity, in the priced unit, before it is priced.</param>
/// <param name="Model">flat, perUnit, graduated, volume, package, stairstep, percentage, graduatedPercentage, dynamic or
/// matrix.</param>
/// <param name="Amount">Of flat.</param>
/// <param name="UnitPrice">Of perUnit.</param>
/// <param name="Tiers">Of graduated, volume, stairstep and graduatedPercentage: ascending, the last one unbounded.</param>
/// <param name="TierBounds">What the bounds refer to.</param>
/// <param name="FirstFlatAtZero">Whether the first tier's flat fee is due without usage.</param>
/// <param name="PackageSize">Of package.</param>
/// <param name="PackagePrice">Of package.</param>
/// <param name="FreeUnits">Of package.</param>
/// <param name="RatePercent">Of percentage: percent of the value.</param>
/// <param name="FixedFee">Of percentage: for each event.</param>
/// <param name="MinimumPerEvent">Of percentage and dynamic.</param>
/// <param name="MaximumPerEvent">Of percentage and dynamic.</param>
/// <param name="FreeEvents">Of percentage: events of a period without the fixed fee.</param>
/// <param name="FreeAmount">Of percentage: value of a period without the rate.</param>
/// <param name="MarkupPercent">Of dynamic: added to the money that the event carries.</param>
/// <param name="Matrix">Of matrix: a price for each combination of dimensions.</param>
/// <param name="TimeOfUse">Prices by local time, in place of a model.</param>
/// <param name="Schedule">Prices by instant, in place of a model.</param>
/// <param name="FreeQuantity">Units of a period that are free.</param>
/// <param name="DiscountPercent">0 to 100.</param>
/// <param name="Minimum">The least a period costs.</param>
/// <param name="Maximum">The most a period costs.</param>
/// <param name="BlockAt">Of a usage charge: none, included or maximum; where reservations of quota end.</param>
/// <param name="ProrateBounds">Whether a part of a period has its share of minimum and maximum by day.</param>
/// <param name="Proration">Of a recurring charge: what a part of a period costs.</param>
/// <param name="Per">Of a recurring charge: what the amount is for: period (default), day or device; of a one-time charge: device.</param>
/// <param name="States">Of a charge per device: states in which a device is charged, or which it enters; active when left out.</param>
/// <param name="FromStates">Of a one-time charge per device: it is due each time a device changes from one of these to one of states.</param>
/// <param name="Allowance">A flex pool: what every device of the subscription brings.</param>
/// <param name="Allowances">Several included quantities, used in the order of their kinds, in place of allowance and freeQuantity.</param>
/// <param name="PoolLimitPerDevice">Priced units that one device can use of all pools in a period.</param>
internal sealed record ChargeShape(
    string? Id,
    string? Name,
    string? Kind,
    string? Meter,
    string? Unit,
    string? Of,
    object? Where,
    PerEventShape? PerEvent,
    RoundingShape? PerSession,
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
    decimal? RatePercent,
    decimal? FixedFee,
    decimal? MinimumPerEvent,
    decimal? MaximumPerEvent,
    decimal? FreeEvents,
    decimal? FreeAmount,
    decimal? MarkupPercent,
    MatrixShape? Matrix,
    object? TimeOfUse,
    object? Schedule,
    decimal? FreeQuantity,
    decimal? DiscountPercent,
    decimal? Minimum,
    decimal? Maximum,
    string? BlockAt,
    bool? ProrateBounds,
    string? Proration,
    string? Per,
    string[]? States,
    string[]? FromStates,
    AllowanceShape? Allowance,
    ChargeAllowanceShape[]? Allowances,
    decimal? PoolLimitPerDevice);

/// <summary>One of several included quantities of a usage charge.</summary>
/// <param name="Id">Unique in the charge.</param>
/// <param name="Name">On the bill; the id when left out.</param>
/// <param name="Kind">device, flex, fixed or block; they are used in this order.</param>
/// <param name="PerDevice">Of device and flex: priced units for a whole period.</param>
/// <param name="Quantity">Of fixed and block: priced units.</param>
/// <param name="Priority">Of one kind the lower number is used first; 0 when left out.</param>
/// <param name="Where">Only events whose dimensions have one of the values use it.</param>
/// <param name="Joiner">What a device brings that came during the period: prorated (default) or whole.</param>
/// <param name="Leaver">What a device brings that left during the period: whole (default) or prorated.</param>
/// <param name="States">States in which a device brings its quantity; active when left out.</param>
/// <param name="Prorate">Of fixed: whether a part of a period has its share by days.</param>
/// <param name="Price">Of block: money for one.</param>
/// <param name="MaxBlocks">Of block: how many are bought in a period at most.</param>
/// <param name="RollOver">Of flex and fixed: what is carried into the next period.</param>
internal sealed record ChargeAllowanceShape(
    string Id, string? Name, string Kind, decimal? PerDevice, decimal? Quantity, int? Priority, Dictionary<string, string[]>? Where,
    string? Joiner, string? Leaver, string[]? States, bool? Prorate, decimal? Price, int? MaxBlocks, RollOverShape? RollOver);

/// <summary>What of a pool that was not used is there in the next period.</summary>
/// <param name="Percent">Share of what is left of a period's own quantity; 100 when left out.</param>
/// <param name="Minimum">At least so many priced units are carried out of a period.</param>
/// <param name="Maximum">At most so many, the oldest being dropped first.</param>
/// <param name="Periods">For how many periods a carried quantity can be used; 1 when left out.</param>
/// <param name="SurvivesPlanChange">Whether it is carried into a new plan that has the same charge and allowance.</param>
internal sealed record RollOverShape(decimal? Percent, decimal? Minimum, decimal? Maximum, int? Periods, bool? SurvivesPlanChange);

/// <summary>What every device brings to a pool that all of them use.</summary>
/// <param name="PerDevice">Priced units for a whole period.</param>
/// <param name="Joiner">What a device brings that came during the period: prorated (default) or whole.</param>
/// <param name="Leaver">What a device brings that left during the period: whole (default) or prorated.</param>
/// <param name="States">States in which a device brings its quantity; active when left out.</param>
internal sealed record AllowanceShape(decimal PerDevice, string? Joiner, string? Leaver, string[]? States);

/// <summary>A tier of prices.</summary>
/// <param name="UpTo">Inclusive upper bound; null for the last tier.</param>
/// <param name="UnitPrice">Per unit.</param>
/// <param name="FlatFee">Due once when the tier is entered.</param>
/// <param name="RatePercent">Of graduatedPercentage, in place of the unit price.</param>
internal sealed record TierShape(decimal? UpTo, decimal? UnitPrice, decimal? FlatFee, decimal? RatePercent);

/// <summary>Prices by dimensions; the row with most keys wins, then the one with the earlier dimension.</summary>
/// <param name="Dimensions">Their names, in order of weight.</param>
/// <param name="Counters">What tiers count: perRow (default), or shared by all rows in their order.</param>
/// <param name="Rows">The prices.</param>
/// <param name="Otherwise">The price of events that no row wants: a name and a price.</param>
internal sealed record MatrixShape(string[] Dimensions, string? Counters, MatrixRowShape[] Rows, object? Otherwise);

/// <summary>A row of a matrix, with a model and its parameters beside these properties.</summary>
/// <param name="Name">Shown on the bill.</param>
/// <param name="Keys">A value, a list of values, or * for any, by dimension.</param>
internal sealed record MatrixRowShape(string? Name, Dictionary<string, object>? Keys);

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
