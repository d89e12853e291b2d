using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Idempotency;
using OrleansBilling.Gateway.Jobs;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Lists of items that are handed over, and done while nobody waits.</summary>
internal static class JobEndpoints
{
    /// <summary>Results that are asked for at once for a file.</summary>
    private const int FilePage = 1_000;

    /// <summary>How often a job is looked at for a caller who waits.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    public static async Task<IResult> SubmitAsync(HttpContext context, IGrainFactory grains)
    {
        var request = await JobRequest.ReadAsync(context);
        var spec = new JobSpec(
            request.Id ?? MadeId(context), request.Kind, request.Columns,
            JobFingerprint.Of(request.Kind, request.Items));
        var result = await Jobs(context, grains).Submit(spec, request.Items).WaitAsync(context.RequestAborted);
        return result.Outcome == CommandOutcome.Created
            ? ApiJson.Accepted(Locations.Of("jobs", spec.Id), JobAnswer.Of(result.Value!))
            : CommandAnswer.Of(result, "", JobAnswer.Of);
    }

    /// <summary>Answers when the job is over, or when the caller would not wait longer.</summary>
    public static async Task<IResult> GetAsync(
        HttpContext context, IGrainFactory grains, IHostApplicationLifetime lifetime)
    {
        var (id, wait, began) = (
            context.PathId("job"), Preferences.WaitOf(context.Request), Stopwatch.GetTimestamp());
        var (jobs, stopping) = (Jobs(context, grains), lifetime.ApplicationStopping);
        while (await jobs.Get(id) is { } job)
        {
            var left = wait - Stopwatch.GetElapsedTime(began);
            if (job.EndedAt is not null || left <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                return ApiJson.Entity(JobAnswer.Of(job));
            }
            await Task.Delay(left < LookAgain ? left : LookAgain, context.RequestAborted);
        }
        return Missing(id);
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains) =>
        Listing.Of(await Jobs(context, grains).List(Query.After(context), Query.Limit(context)), JobAnswer.Of);

    public static async Task<IResult> CancelAsync(HttpContext context, IGrainFactory grains) =>
        CommandAnswer.Of(await Jobs(context, grains).Cancel(context.PathId("job")), "", JobAnswer.Of);

    public static async Task<IResult> ResultsAsync(HttpContext context, IGrainFactory grains)
    {
        var query = ResultQuery(context, After(context), Query.Limit(context));
        return await Jobs(context, grains).Results(query).WaitAsync(context.RequestAborted) is { } page
            ? ApiJson.Ok(new PageAnswer<JobResultAnswer>(
                Array.ConvertAll(page.Results, result => JobResultAnswer.Of(page.Kind, result)),
                Cursor.Encode(page.Next?.ToString(CultureInfo.InvariantCulture))))
            : Missing(query.Job);
    }

    public static async Task<IResult> ResultFileAsync(HttpContext context, IGrainFactory grains)
    {
        var (jobs, query) = (Jobs(context, grains), ResultQuery(context, 0, FilePage));
        return await jobs.Results(query).WaitAsync(context.RequestAborted) is { } page
            ? new JobResultCsv(jobs, query, page)
            : Missing(query.Job);
    }

    private static IJobGrain Jobs(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<IJobGrain>(context.Tenant());

    private static ProblemResult Missing(string id) => new(Problem.NotFound("job", id));

    private static JobResultQuery ResultQuery(HttpContext context, int after, int limit) => new(
        context.PathId("job"), after, Query.Text(context, "outcome") switch
        {
            null => null,
            "failed" => true,
            "succeeded" => false,
            _ => throw Query.Fault("outcome", "Give 'succeeded' or 'failed'."),
        }, limit);

    private static int After(HttpContext context) => Query.After(context) switch
    {
        null => 0,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) => after,
        _ => throw Query.Fault("cursor", "Use the 'next' of the page before, as it was."),
    };

    /// <summary>
    /// With an idempotency key always the same, so that a repeat makes no second job whatever crashed.
    /// </summary>
    private static string MadeId(HttpContext context) =>
        context.Request.Headers[IdempotencyMiddleware.Header].FirstOrDefault() is { } key
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))
            : Guid.CreateVersion7().ToString("N");
}
