using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;

namespace OrleansBilling.Gateway.Api;

/// <summary>What became of quarantined events.</summary>
/// <param name="Discarded">Voided; a repeat counts them again only when they are still there.</param>
/// <param name="Refused">Still in quarantine, or billed meanwhile; their results say why.</param>
/// <param name="Results">One per event.</param>
/// <param name="Next">To go on with, as <c>cursor</c>; null at the end.</param>
internal sealed record QuarantineDiscardAnswer(int Discarded, int Refused, IReadOnlyList<QuarantineDiscardResult> Results, string? Next)
{
    public static QuarantineDiscardAnswer Of(IReadOnlyList<QuarantineDiscardResult> results, string? next) =>
        new(results.Count(r => r.Code is null), results.Count(r => r.Code is not null), results, next);
}

/// <summary>What became of one of them.</summary>
/// <param name="Source">Source of a CloudEvent; null for other events.</param>
/// <param name="Quarantined">Position of its record in the quarantine, as the listing says.</param>
/// <param name="Position">Of the correction that discards it; null when it was refused.</param>
/// <param name="Code">Why it was refused; null when it was not.</param>
internal sealed record QuarantineDiscardResult(
    string Id, string? Source, string? Device, string Quarantined, string? Position, string? Code)
{
    public static QuarantineDiscardResult Of(RecordedUsageAnswer usage, CorrectionOutcome outcome) => new(
        usage.Id, usage.Source, usage.Device, usage.Position,
        outcome is { Outcome: CommandOutcome.Created or CommandOutcome.Unchanged, Correction: { } done } ? $"{done.Partition}:{done.Position}" : null,
        outcome.Error?.Code);
}
