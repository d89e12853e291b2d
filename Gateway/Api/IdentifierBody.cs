using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Gives a device an identifier for a time.</summary>
internal sealed class IdentifierBody
{
    /// <summary>iccid, eid, imsi, msisdn, imei, mac, serial or external.</summary>
    [MaxText(32)]
    public required string Kind { get; set; }

    /// <summary>In any usual form of that kind.</summary>
    [MaxText(64)]
    public required string Value { get; set; }

    /// <summary>First instant at which it is the device's.</summary>
    public required Instant From { get; set; }

    /// <summary>First instant at which it is not any more; left out, until further notice.</summary>
    public Instant? To { get; set; }

    /// <summary>Whether the device that has it at <see cref="From"/> loses it then. False when left out: that is a conflict.</summary>
    public bool TakeOver { get; set; }

    public IdentifierSpec Spec => new(Kind, Value, From, To, TakeOver);
}

/// <summary>Ends the time for which a device has an identifier.</summary>
internal sealed class IdentifierEndBody
{
    /// <summary>iccid, eid, imsi, msisdn, imei, mac, serial or external.</summary>
    [MaxText(32)]
    public required string Kind { get; set; }

    /// <summary>In any usual form of that kind.</summary>
    [MaxText(64)]
    public required string Value { get; set; }

    /// <summary>First instant at which it is not the device's any more; the first one of the time takes the whole of it back.</summary>
    public required Instant To { get; set; }
}
