using NodaTime;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>A correction that was carried out: both versions of the event.</summary>
/// <param name="Action">void or amend.</param>
/// <param name="Source">Source of a CloudEvent; null for other events.</param>
/// <param name="Position">Of the correction: partition and position in its log.</param>
/// <param name="EventPosition">Of the event as it was sent.</param>
/// <param name="Before">The event up to then.</param>
/// <param name="After">The event from then on; null when it was voided.</param>
internal sealed record CorrectionAnswer(
    string Id,
    string Action,
    string Reason,
    string Device,
    string Meter,
    string Event,
    string? Source,
    string Position,
    string EventPosition,
    Instant RecordedAt,
    CorrectedVersion Before,
    CorrectedVersion? After)
{
    public static CorrectionAnswer Of(CorrectionView view)
    {
        var (source, id) = EventIdentity.Parse(view.Event);
        return new(
            view.Id, view.Action, view.Reason, view.Device, view.Meter, id, source, $"{view.Partition}:{view.Position}",
            $"{view.Partition}:{view.EventPosition}", view.RecordedAt, view.Before, view.After);
    }
}

/// <summary>What became of many corrections: corrected + unchanged + refused is their number.</summary>
/// <param name="Corrected">Carried out now.</param>
/// <param name="Unchanged">Carried out before.</param>
/// <param name="Refused">Not carried out; their errors say why.</param>
/// <param name="Results">One per correction, in the order of the request.</param>
internal sealed record CorrectionBatchAnswer(int Corrected, int Unchanged, int Refused, IReadOnlyList<CorrectionResult> Results);

/// <summary>What became of one of them.</summary>
/// <param name="Id">As it was sent; null when it could not be read.</param>
/// <param name="Status">corrected, unchanged or refused.</param>
/// <param name="Errors">Why it was refused; null when it was not. Pointers are into the request's body.</param>
/// <param name="Correction">As it is recorded; null when it was refused.</param>
internal sealed record CorrectionResult(string? Id, string Status, IReadOnlyList<ProblemError>? Errors, CorrectionAnswer? Correction);
