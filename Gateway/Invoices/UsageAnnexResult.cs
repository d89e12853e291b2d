using OrleansBilling.Documents.Csv;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>The annex as a file, written while it is read. A failure after its beginning breaks the connection: no file is cut off unseen.</summary>
internal sealed class UsageAnnexResult(UsageAnnex annex) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{annex.Number}-usage.csv\"";
        return UsageCsv.WriteAsync(
            annex.RowsAsync(httpContext.RequestAborted), annex.Currency, httpContext.Response.Body, httpContext.RequestAborted);
    }
}
