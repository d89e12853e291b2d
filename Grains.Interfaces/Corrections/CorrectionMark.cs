namespace OrleansBilling.Contracts.Corrections;

/// <summary>Says of a raw event behind a line that a correction put it there.</summary>
/// <param name="Id">Of the correction.</param>
/// <param name="Withdrawn">Whether the line takes this version back; otherwise it is the version that counts instead.</param>
[GenerateSerializer, Immutable, Alias("billing.correction-mark")]
public sealed record CorrectionMark(
    [property: Id(0)] string Id, [property: Id(1)] string Action, [property: Id(2)] string Reason, [property: Id(3)] bool Withdrawn);
