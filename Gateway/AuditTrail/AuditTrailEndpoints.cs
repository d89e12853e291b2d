using System.Text.Json;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>Who changed what, when, and how it was before.</summary>
internal static class AuditTrailEndpoints
{
    /// <summary>One JSON value a line (jsonlines.org).</summary>
    public const string Lines = "application/jsonl";

    private const string OwnTrail = "tenant";
    private const string OperatorsTrail = "operators";

    public static async Task<IResult> ListAsync(HttpContext context, AuditTrailReader reader)
    {
        var (entries, last) = await reader.PageAsync(
            Wanted(context), AuditEntryId.Place(Query.After(context)), Query.Limit(context), context.RequestAborted);
        return ApiJson.Ok(new PageAnswer<AuditEntryAnswer>(
            Array.ConvertAll(entries, AuditEntryAnswer.Of), last is { } place ? AuditEntryId.Cursor(place) : null));
    }

    public static async Task<IResult> GetAsync(HttpContext context, AuditTrailReader reader)
    {
        var id = context.PathId("audit_entry");
        var entry = AuditEntryId.Read(id) is var (partition, number) ? await reader.FindAsync(Trail(context), partition, number) : null;
        return entry is null ? new ProblemResult(Problem.NotFound("audit_entry", id)) : ApiJson.Ok(AuditEntryAnswer.Of(entry));
    }

    public static async Task ExportAsync(HttpContext context, AuditTrailReader reader)
    {
        var query = Wanted(context);
        await using var entries = reader.AllAsync(query, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        // What fails before the first line is answered as a problem; afterwards only the connection can tell.
        var any = await entries.MoveNextAsync();
        context.Response.ContentType = Lines;
        for (; any; any = await entries.MoveNextAsync())
        {
            await context.Response.BodyWriter.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(AuditEntryAnswer.Of(entries.Current), ApiJson.Options), context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }
    }

    public static async Task<IResult> VerifyAsync(HttpContext context, AuditTrailReader reader) =>
        ApiJson.Ok(AuditTrailReportAnswer.Of(await reader.VerifyAsync(Trail(context), context.RequestAborted)));

    private static AuditTrailQuery Wanted(HttpContext context) => new(
        Trail(context), Query.Time(context, "from"), Query.Time(context, "to"), Query.Text(context, "actor"), Query.Text(context, "operation"),
        Query.Text(context, "kind"), Query.Text(context, "entity"));

    private static string Trail(HttpContext context) => Query.Text(context, "trail") switch
    {
        null or OwnTrail => context.Tenant(),
        OperatorsTrail when context.IsOperator() => AuditTrails.Operators,
        OperatorsTrail => throw new ProblemException(Problem.OperatorKeyNeeded()),
        _ => throw Query.Fault("trail", $"'trail' is {OwnTrail} or {OperatorsTrail}."),
    };
}
