using NodaTime;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>A batch of usage; CloudEvents are taken too.</summary>
/// <param name="Events">At most 10,000.</param>
internal sealed record UsageBatchShape(UsageEventShape[] Events);

/// <summary>One reading from a device.</summary>
/// <param name="Id">1–128 characters; unique per device, for ever.</param>
/// <param name="Device">Id of the device; left out with an identifier.</param>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Time">When it was used.</param>
/// <param name="Value">Below 10^15, at most 12 digits after the point; a JSON number is taken too, digit by
/// digit.</param>
/// <param name="Unit">The meter's own when left out.</param>
/// <param name="Dimensions">At most 16; names and values of 1 to 64 characters.</param>
/// <param name="Session">Short for the dimension 'session': which session the record is of.</param>
/// <param name="Phase">Short for the dimension 'phase': start, interim or stop.</param>
/// <param name="Operation">Short for the dimension 'operation': add or remove.</param>
/// <param name="Identifier">Instead of the device: it is usage of the device that has the identifier at the event's time.</param>
internal sealed record UsageEventShape(
    string Id,
    string? Device,
    string Meter,
    Instant Time,
    decimal Value,
    string? Unit,
    Dictionary<string, string>? Dimensions,
    string? Session,
    string? Phase,
    string? Operation,
    IdentifierShape? Identifier);

/// <summary>A name of a device that may belong to another device later.</summary>
/// <param name="Kind">iccid, eid, imsi, msisdn, imei, mac, serial or external.</param>
/// <param name="Value">In any usual form of that kind.</param>
internal sealed record IdentifierShape(string Kind, string Value);

/// <summary>The answer to a batch: accepted + duplicates + rejected is the number of events.</summary>
/// <param name="Accepted">Kept: accepted, late and quarantined.</param>
/// <param name="Duplicates">Came before with the same content.</param>
/// <param name="Rejected">Not kept: rejected and in conflict.</param>
/// <param name="Late">Of the accepted: came after their period was sealed.</param>
/// <param name="Quarantined">Of the accepted: kept but not billed.</param>
/// <param name="Conflicts">Of the rejected: their id came before with other content.</param>
/// <param name="Results">One per event, in the order of the request.</param>
internal sealed record UsageAnswerShape(
    long Accepted,
    long Duplicates,
    long Rejected,
    long Late,
    long Quarantined,
    long Conflicts,
    UsageResultShape[] Results);

/// <summary>The answer to an event.</summary>
/// <param name="Id">As it was sent.</param>
/// <param name="Line">Of CSV: the line that it begins on, from 1.</param>
/// <param name="Status">accepted, duplicate, conflict, late, quarantined or rejected.</param>
/// <param name="Reason">Stable dotted code when it was not simply accepted.</param>
/// <param name="Message">A sentence for people that goes with the reason.</param>
/// <param name="Warning">A sentence about an event that counts, but perhaps not as it was meant.</param>
/// <param name="Pointer">JSON pointer to what is wrong with a malformed event; of CSV, into the event that the row stands for.</param>
/// <param name="Position">Partition and position in its log.</param>
/// <param name="Charge">Exact money it caused, where the price is the device's own.</param>
/// <param name="Currency">Of the charge.</param>
internal sealed record UsageResultShape(
    string Id,
    long? Line,
    string Status,
    string? Reason,
    string? Message,
    string? Warning,
    string? Pointer,
    string? Position,
    string? Charge,
    string? Currency);

/// <summary>A quote request. Exactly one of charge and plan, and exactly one of quantity and events.</summary>
/// <param name="Currency">ISO 4217 code; may be left out with a plan.</param>
/// <param name="Charge">An inline charge in the plan format: a price model with its parameters.</param>
/// <param name="Plan">Id of a published plan.</param>
/// <param name="PlanVersion">The newest when left out.</param>
/// <param name="Overrides">What is agreed otherwise than the plan.</param>
/// <param name="Trial">Whether the period is in the plan's trial.</param>
/// <param name="Phase">The phase of the plan, from 1; the plan as it says when left out.</param>
/// <param name="Quantity">One quantity.</param>
/// <param name="Events">Timed quantities of one period.</param>
/// <param name="TimeZone">IANA id in which local time is read; UTC when left out.</param>
/// <param name="Days">Days of the period; 30 when left out.</param>
/// <param name="Devices">Devices that are there for the whole period, for charges per device and pools.</param>
/// <param name="Packs">Quantities that were bought for charges, used in this order before anything has a price.</param>
/// <param name="Rounding">With a charge: halfAwayFromZero (default), halfEven, up or down, of its amount.</param>
internal sealed record QuoteShape(
    string? Currency,
    ChargeShape? Charge,
    string? Plan,
    int? PlanVersion,
    OverridesShape? Overrides,
    bool? Trial,
    int? Phase,
    decimal? Quantity,
    QuoteEventShape[]? Events,
    string? TimeZone,
    int? Days,
    int? Devices,
    QuotePackShape[]? Packs,
    string? Rounding);

/// <summary>A quantity that was bought for a charge.</summary>
/// <param name="Charge">Id of a usage charge of the plan; left out with an inline charge.</param>
/// <param name="Quantity">Above zero.</param>
/// <param name="Unit">The charge's when left out.</param>
internal sealed record QuotePackShape(string? Charge, decimal Quantity, string? Unit);

/// <summary>A timed quantity to quote.</summary>
/// <param name="Time">When; may be left out where the price does not depend on it.</param>
/// <param name="Value">In the meter's unit.</param>
/// <param name="Dimensions">Where the price depends on them.</param>
/// <param name="Meter">With a plan of several meters: which one.</param>
/// <param name="Device">Whose, where each device is rated by itself; one device's when left out.</param>
internal sealed record QuoteEventShape(
    Instant? Time, decimal Value, Dictionary<string, string>? Dimensions, string? Meter, string? Device);
