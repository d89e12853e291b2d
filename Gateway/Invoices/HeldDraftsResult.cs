using System.Text;
using NodaTime.Text;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Documents.Csv;
using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>Drafts that wait as CSV, one row a reason, written while they are read.</summary>
/// <param name="query">Without place and limit.</param>
internal sealed class HeldDraftsResult(DraftQuery query, IPartitionGrain[] partitions) : IResult
{
    public const string Header = "customer,draft,period_end,total,currency,hold,message\r\n";

    /// <summary>Drafts with all their lines that are held, at most.</summary>
    private const int AtOnce = 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancel = httpContext.RequestAborted;
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"held-drafts.csv\"";
        await using var writer = new StreamWriter(httpContext.Response.Body, new UTF8Encoding(false), bufferSize: 16 * 1024, leaveOpen: true);
        await writer.WriteAsync(Header.AsMemory(), cancel);
        foreach (var partition in partitions)
        {
            string? after = null;
            DraftView[] drafts;
            do
            {
                drafts = await partition.FindDrafts(query with { After = after, Limit = AtOnce }).WaitAsync(cancel);
                foreach (var row in drafts.SelectMany(Rows))
                {
                    await writer.WriteAsync(row.AsMemory(), cancel);
                }
                after = drafts.LastOrDefault()?.Place;
            }
            while (drafts.Length == AtOnce);
        }
    }

    private static IEnumerable<string> Rows(DraftView draft) => draft.Holds.Select(hold => string.Join(',', (string[])
    [
        CsvText.Field(draft.Invoice.Customer.Id), draft.Id, InstantPattern.ExtendedIso.Format(draft.Invoice.PeriodEnd),
        Amount.Format(draft.Invoice.GrossTotal(), draft.Invoice.Currency), draft.Invoice.Currency, CsvText.Field(hold.Code), CsvText.Field(hold.Message),
    ]) + "\r\n");
}
