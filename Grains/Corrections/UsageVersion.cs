using NodaTime;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Corrections;

/// <summary>What a usage event says, and where it was placed. Stored as JSON: it may gain members, none may change.</summary>
/// <param name="Value">As sent, in <paramref name="Unit"/> or, when that is null, the meter's.</param>
/// <param name="Quarantine">Why it was not billed; null when it was, and only then the rest means anything.</param>
/// <param name="Terms">Number of the subscription's terms in the partition.</param>
/// <param name="BilledPeriod">Period whose invoice bills it.</param>
internal sealed record UsageVersion(
    Instant Time,
    decimal Value,
    string? Unit,
    KeyValuePair<string, string>[]? Dimensions,
    string? Quarantine,
    int Terms,
    int UsagePeriod,
    int BilledPeriod)
{
    public bool Late => Quarantine is null && BilledPeriod > UsagePeriod;

    public static UsageVersion Of(in UsageRecord record) => new(
        Instant.FromUnixTimeTicks(record.Time), record.Value, record.Unit, record.Dimensions, record.Quarantine, record.Terms,
        record.UsagePeriod, record.BilledPeriod);

    /// <summary>This version as if it had been sent so.</summary>
    public UsageRecord ToRecord(int device, int meter, string eventId, long receivedAt) => new()
    {
        Device = device,
        Meter = meter,
        EventId = eventId,
        Time = Time.ToUnixTimeTicks(),
        ReceivedAt = receivedAt,
        Value = Value,
        Unit = Unit,
        Dimensions = Dimensions,
        Quarantine = Quarantine,
        Terms = Terms,
        UsagePeriod = UsagePeriod,
        BilledPeriod = BilledPeriod,
    };
}
