using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>A job as it is.</summary>
/// <param name="Kind">devices, assignments or states.</param>
/// <param name="Status">running, cancelling, finished or cancelled.</param>
/// <param name="Total">Items.</param>
/// <param name="Done">Items with a result: succeeded + failed. They are the first ones.</param>
/// <param name="StartedAt">When its first item was begun.</param>
/// <param name="EndedAt">When it was finished or cancelled.</param>
/// <param name="ItemsPerSecond">So far, or on the whole; left out before anything is done.</param>
/// <param name="EstimatedEnd">When it ends if it goes on as fast; only while it runs.</param>
internal sealed record JobAnswer(
    string Id,
    string Kind,
    string Status,
    int Total,
    int Done,
    int Succeeded,
    int Failed,
    Instant SubmittedAt,
    Instant? StartedAt,
    Instant? EndedAt,
    int? ItemsPerSecond,
    Instant? EstimatedEnd)
{
    public static JobAnswer Of(JobView job)
    {
        var rate = Rate(job);
        return new(
            job.Spec.Id, job.Spec.Kind, job.Status, job.Total, job.Done, job.Done - job.Failed, job.Failed,
            job.SubmittedAt, job.StartedAt, job.EndedAt,
            rate is { } speed ? (int)Math.Round(speed, MidpointRounding.AwayFromZero) : null,
            rate is { } pace && job.EndedAt is null
                ? job.AsOf + Duration.FromSeconds((job.Total - job.Done) / pace)
                : null);
    }

    /// <summary>Items a second; null before there is one.</summary>
    private static double? Rate(JobView job) =>
        job.Done > 0 && job.StartedAt is { } began
            && (job.EndedAt ?? job.AsOf) - began is var took && took > Duration.Zero
            ? job.Done / took.TotalSeconds
            : null;
}

/// <summary>What became of one item.</summary>
/// <param name="Item">Its number, from 1.</param>
/// <param name="Line">Where it began in a body of lines.</param>
/// <param name="Id">Id of the device; left out when it could not be read.</param>
/// <param name="Outcome">succeeded or failed.</param>
/// <param name="Status">registered, changed, unchanged or refused.</param>
/// <param name="Errors">Why it was refused; left out when it was not. Pointers are into the item.</param>
internal sealed record JobResultAnswer(
    int Item, int? Line, string? Id, string Outcome, string Status, IReadOnlyList<ProblemError>? Errors)
{
    public static JobResultAnswer Of(string kind, JobItemResult result) => new(
        result.Number, result.Item.Line == 0 ? null : result.Item.Line, result.Item.Device,
        result.Outcome.Succeeded ? "succeeded" : "failed",
        result.Outcome.Outcome switch
        {
            CommandOutcome.Unchanged => "unchanged",
            _ when !result.Outcome.Succeeded => "refused",
            _ => kind == JobKind.Devices ? "registered" : "changed",
        },
        result.Outcome.Succeeded ? null : Array.ConvertAll(
            result.Outcome.Errors, e => new ProblemError(e.Code, e.Message, e.Pointer ?? "")));
}
