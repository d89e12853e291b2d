using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>A job as it was sent: one JSON document, or CSV or lines of JSON with kind and id in the address.</summary>
/// <param name="Id">Null when the caller chose none.</param>
/// <param name="Columns">Columns of the items as CSV.</param>
internal sealed record JobRequest(string? Id, string Kind, string[] Columns, JobItem[] Items)
{
    private const string Taken = $"{JsonBody.MediaType}, {CsvBodyReader.MediaType}, {JobLinesReader.MediaType}";

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="ProblemException">400 with the line where it breaks, 413, 415, 422.</exception>
    public static async Task<JobRequest> ReadAsync(HttpContext context)
    {
        if (JsonBody.IsOf(context.Request, CsvBodyReader.MediaType, "/csv"))
        {
            return await ReadRowsAsync(context, JobCsvReader.Read);
        }
        if (JsonBody.IsOf(context.Request, JobLinesReader.MediaType, "/jsonl"))
        {
            return await ReadRowsAsync(context, (body, kind, into) =>
            {
                JobLinesReader.Read(body, into);
                return All(kind, into.Items);
            });
        }
        JsonBody.RequireJson(context.Request, Taken);
        var body = await JsonBody.ReadAsync<JobBody>(context, BodyLimit.Events);
        var kind = KindOf(body.Kind)
            ?? throw new ProblemException(Problem.Invalid("job.kind_unknown", KindFault, "/kind"));
        BatchItems.Count(body.Items, "items", JobLimits.MaxItems);
        var items = new JobItemReader(kind);
        foreach (var item in body.Items.EnumerateArray())
        {
            items.Read(item, line: 0);
        }
        return new(body.Id, kind, All(kind, items.Items), [.. items.Items]);
    }

    private static string KindFault =>
        $"The kind is one of: {JobKind.Devices}, {JobKind.Assignments}, {JobKind.States}.";

    private static async Task<JobRequest> ReadRowsAsync(
        HttpContext context, Func<ReadOnlyMemory<byte>, string, JobItemReader, string[]> read)
    {
        var kind = KindOf(Query.Text(context, "kind")) ?? throw Query.Fault("kind", KindFault);
        var id = Query.Text(context, "id");
        if (id is not null && !EntityId.IsValid(id))
        {
            throw Query.Fault("id", BodyValue.IdFault);
        }
        using var body = await RequestBody.ReadAsync(context, BodyLimit.Events);
        var items = new JobItemReader(kind);
        var columns = read(body.Bytes, kind, items);
        return new(id, kind, columns, [.. items.Items]);
    }

    private static string? KindOf(string? kind) => JobKind.IsValid(kind) ? kind : null;

    private static string[] All(string kind, List<JobItem> items) =>
        JobColumns.All(kind, items.Count == 0 ? 0 : items.Max(item => item.Identifiers?.Length ?? 0));
}
