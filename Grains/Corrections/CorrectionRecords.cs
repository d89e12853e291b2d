using NodaTime;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Corrections;

/// <summary>Usage that was taken back or changed; see docs/adr/0021.</summary>
/// <param name="Asked">As it was asked for, to tell a repeat from a conflict.</param>
/// <param name="RecordedAt">The tenant's clock.</param>
/// <param name="EventPosition">Of the event's record in this partition's log.</param>
/// <param name="ReceivedAt">When the event came; the tenant's clock.</param>
/// <param name="Before">What the event was up to here.</param>
/// <param name="WithdrawnIn">Period whose invoice takes it back: its own while that is open.</param>
/// <param name="After">What it is from here on; null for nothing.</param>
/// <param name="KeepsReading">Whether another event told the same reading of the register, which therefore stays.</param>
/// <param name="Recounts">What the usage that is left merges to, where nothing can be subtracted; from the archive.</param>
/// <param name="Left">Other records of the same instant of the same level or session, by what they say; from the archive. Null on other
/// meters.</param>
internal sealed record UsageCorrected(
    string Tenant,
    UsageCorrection Asked,
    string Meter,
    Instant RecordedAt,
    long EventPosition,
    Instant ReceivedAt,
    UsageVersion Before,
    int WithdrawnIn,
    UsageVersion? After,
    bool KeepsReading,
    MergedAnew[] Recounts,
    RecordLeft[]? Left = null);

/// <summary>What a record of a level or a session says.</summary>
/// <param name="Value">In <paramref name="Unit"/> or, when that is null, the meter's.</param>
internal sealed record RecordLeft(decimal Value, string? Unit, KeyValuePair<string, string>[]? Dimensions);

/// <summary>What a bucket merges to after a correction.</summary>
/// <param name="Told">Names charge and bucket as well; charge −1 is what the device itself shows of the meter of that number.</param>
/// <param name="PerDevice">Whether it is the device's alone; otherwise that of all devices of this partition.</param>
internal sealed record MergedAnew(int Terms, int UsagePeriod, bool PerDevice, SliceAggregate Told);

/// <summary>In snapshots: a correction whose effects were told before.</summary>
/// <param name="Position">Of its record in the log.</param>
internal sealed record CorrectionHeld(long Position, UsageCorrected Fact);

/// <summary>In snapshots: what corrections say of a slice, which came before.</summary>
/// <param name="Corrected">Whether it takes back what an earlier period billed.</param>
/// <param name="Replaced">Aggregates that are instead of those of earlier billed periods.</param>
internal sealed record SliceCorrections(int Terms, int UsagePeriod, int BilledPeriod, bool Corrected, ReplacedBucket[] Replaced);

/// <param name="IsNothing">Whether no usage of the bucket is left.</param>
internal sealed record ReplacedBucket(int Charge, int Bucket, bool IsNothing);
