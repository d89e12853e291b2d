using NodaTime;

namespace OrleansBilling.Documents;

/// <summary>One row of the annex: what one device used of one charge in one period.</summary>
/// <param name="Line">The document's line it is part of (BT-126).</param>
/// <param name="Device">Id of the device.</param>
/// <param name="DeviceName">For people; empty where it has none.</param>
/// <param name="Tags">E.g. <c>site=Oslo;team=7</c>; empty without.</param>
/// <param name="Charge">Id of the charge.</param>
/// <param name="Meter">Id of the meter.</param>
/// <param name="PeriodStart">First instant.</param>
/// <param name="PeriodEnd">First instant no longer.</param>
/// <param name="Quantity">Exact, in <paramref name="UnitCode"/>.</param>
/// <param name="UnitCode">As on the line.</param>
/// <param name="Events">Usage events behind it.</param>
/// <param name="Amount">The device's share, in the document's currency, not necessarily rounded; null where the charge
/// is not shared out over devices.</param>
public sealed record DeviceUsage(
    string Line,
    string Device,
    string DeviceName,
    string Tags,
    string Charge,
    string Meter,
    Instant PeriodStart,
    Instant PeriodEnd,
    decimal Quantity,
    string UnitCode,
    long Events,
    decimal? Amount);
