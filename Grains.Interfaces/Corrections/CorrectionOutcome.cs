using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Corrections;

/// <summary>What became of a correction.</summary>
/// <param name="Outcome">Created when it is carried out now, Unchanged when it was before.</param>
/// <param name="Error">Why it was not; null when it was.</param>
/// <param name="Correction">As it is recorded; null when it is not.</param>
[GenerateSerializer, Immutable, Alias("billing.correction-outcome")]
public sealed record CorrectionOutcome(
    [property: Id(0)] CommandOutcome Outcome, [property: Id(1)] CommandError? Error, [property: Id(2)] CorrectionView? Correction);
