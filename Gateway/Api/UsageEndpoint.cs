using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary><c>POST /v1/events</c>: reads the whole request, sends it to the partitions, answers event by
/// event.</summary>
internal static class UsageEndpoint
{
    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";
    private const string Taken = $"{JsonBody.MediaType}, {Structured}, {Batched}, {CsvBodyReader.MediaType}";

    public static async Task PostAsync(HttpContext context, UsageIntake intake, KeyRates rates)
    {
        var key = context.Caller().Key;
        rates.RequireEvents(key);
        var form = FormOf(context.Request);
        var batch = intake.Rent();
        try
        {
            using (var body = await RequestBody.ReadAsync(context, BodyLimit.Events))
            {
                Read(context.Request, body.Bytes, form, batch);
            }
            rates.TakeEvents(key, batch.Count);
            var totals = await SubmitAsync(context, intake, batch);
            context.Response.ContentType = "application/json; charset=utf-8";
            UsageAnswerWriter.Write(context.Response.BodyWriter, batch, totals);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            intake.Return(batch);
        }
    }

    private static async Task<UsageTotals> SubmitAsync(HttpContext context, UsageIntake intake, IntakeBatch batch)
    {
        try
        {
            return await intake.SubmitAsync(context.Tenant(), batch, context.RequestAborted);
        }
        catch (Exception error) when (UsageUnavailable.Is(error))
        {
            throw new ProblemException(UsageUnavailable.Problem());
        }
    }

    private static void Read(HttpRequest request, ReadOnlyMemory<byte> body, UsageForm form, IntakeBatch into)
    {
        if (form == UsageForm.Csv)
        {
            CsvBodyReader.Read(body, into);
        }
        else if (form == UsageForm.Binary)
        {
            UsageBodyReader.ReadBinary(
                body.Span,
                Attribute(request, "specversion"),
                Attribute(request, "source"),
                Attribute(request, "id"),
                Attribute(request, "type"),
                Attribute(request, "subject"),
                Attribute(request, "time"),
                into);
        }
        else
        {
            UsageBodyReader.Read(body.Span, form, into);
        }
    }

    private static UsageForm FormOf(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        var media = (end < 0 ? type : type[..end]).Trim();
        if (media.Equals(Batched, StringComparison.OrdinalIgnoreCase))
        {
            return UsageForm.Batched;
        }
        if (media.Equals(Structured, StringComparison.OrdinalIgnoreCase))
        {
            return UsageForm.Structured;
        }
        if (media.Equals(CsvBodyReader.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return UsageForm.Csv;
        }
        return media.Equals(JsonBody.MediaType, StringComparison.OrdinalIgnoreCase)
            ? request.Headers.ContainsKey("ce-specversion") ? UsageForm.Binary : UsageForm.Json
            : throw new ProblemException(Problem.MediaTypeUnsupported(Taken));
    }

    /// <summary>Header values of the binary mode are percent-encoded where they are not plain ASCII.</summary>
    private static string Attribute(HttpRequest request, string name) =>
        Uri.UnescapeDataString(request.Headers[$"ce-{name}"].ToString());
}
