using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Documents.Csv;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>
/// Results as CSV (RFC 4180), with the columns of the items: rows can be mended and sent again as they are.
/// </summary>
internal sealed class JobResultCsv(IJobGrain jobs, JobResultQuery query, JobResultPage first) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var file = new ContentDispositionHeaderValue("attachment");
        file.SetHttpFileName($"{query.Job}.csv");
        httpContext.Response.ContentType = $"{CsvBodyReader.MediaType}; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = file.ToString();
        await using var writer = new StreamWriter(
            httpContext.Response.Body, new UTF8Encoding(false), 16 * 1024, leaveOpen: true);
        await WriteAsync(writer, [.. JobColumns.OfResults, .. first.Columns]);
        var page = first;
        while (true)
        {
            foreach (var result in page.Results)
            {
                await WriteAsync(writer, Row(page, result));
            }
            if (page.Next is not { } next
                || await jobs.Results(query with { After = next }).WaitAsync(httpContext.RequestAborted)
                    is not { } following)
            {
                return;
            }
            page = following;
        }
    }

    private static string[] Row(JobResultPage page, JobItemResult result)
    {
        var answer = JobResultAnswer.Of(page.Kind, result);
        return
        [
            result.Number.ToString(CultureInfo.InvariantCulture),
            answer.Line?.ToString(CultureInfo.InvariantCulture) ?? "",
            answer.Outcome,
            answer.Status,
            answer.Errors?[0].Code ?? "",
            string.Join(' ', answer.Errors?.Select(e => e.Message) ?? []),
            .. JobCells.Of(result.Item, page.Columns),
        ];
    }

    private static Task WriteAsync(StreamWriter writer, string[] cells) =>
        writer.WriteAsync($"{string.Join(',', cells.Select(CsvText.Quoted))}\r\n");
}
