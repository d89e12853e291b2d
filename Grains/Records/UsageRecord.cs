namespace OrleansBilling.Grains.Records;

/// <summary>One usage event as a fact: where it was placed when it was accepted. Typically 35–60 bytes.</summary>
/// <remarks>Device, meter and terms are numbers of tables that earlier records of the same partition filled.</remarks>
internal struct UsageRecord
{
    public required int Device;
    public required int Meter;
    public required string EventId;

    /// <summary>Ticks since the Unix epoch.</summary>
    public required long Time;

    /// <summary>Ticks since the Unix epoch, on the tenant's clock.</summary>
    public required long ReceivedAt;

    /// <summary>As sent, in <see cref="Unit"/> or, when that is null, the meter's.</summary>
    public required decimal Value;

    public string? Unit;

    public KeyValuePair<string, string>[]? Dimensions;

    /// <summary>Reason of the quarantine; null when it is billed.</summary>
    public string? Quarantine;

    /// <summary>Number of the subscription's terms; meaningless in quarantine.</summary>
    public int Terms;

    public int UsagePeriod;

    /// <summary>Period whose invoice bills it; later than the usage period for late usage.</summary>
    public int BilledPeriod;

    /// <summary>Number of the device's identifier that the event named, from 1; 0 when it named the device.</summary>
    public int Identifier;

    public readonly bool Late => Quarantine is null && BilledPeriod > UsagePeriod;
}
