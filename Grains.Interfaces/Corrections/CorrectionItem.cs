using NodaTime;

namespace OrleansBilling.Contracts.Corrections;

/// <summary>A correction and where its event may be found; the hints save reading the whole archive and are no part of it.</summary>
/// <param name="Position">Of the event in the log of its partition, as the answer to it said; null when not known.</param>
/// <param name="SentTime">The time that the event was sent with; null when not known.</param>
/// <param name="OnlyQuarantined">Refuses it when the event is billed: meant is only what is in quarantine.</param>
[GenerateSerializer, Immutable, Alias("billing.correction-item")]
public sealed record CorrectionItem(
    [property: Id(0)] UsageCorrection Correction,
    [property: Id(1)] long? Position = null,
    [property: Id(2)] Instant? SentTime = null,
    [property: Id(3)] bool OnlyQuarantined = false);
