using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of the accounting export, with their documentation.</summary>
internal static class AccountingRoutes
{
    private static readonly string[] Time = ["from|posted", "to|posted", "currency"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/accounting/entries", AccountingEndpoints.EntriesAsync)
            .Doc(new("Accounting", "List accounting entries",
                "Entries of the journals of all customers that were posted in a half-open time, by customer and number.")
            {
                Query = [.. Time, "limit", "cursor"],
            }).Answers<PageAnswer<AccountingEntryAnswer>>().Problems(422);
        routes.MapGet("/v1/accounting/export", AccountingEndpoints.ExportAsync).WithMetadata(HeavyCall.Mark)
            .Doc(new("Accounting", "Export accounting entries",
                "The same, one row for each posting, as CSV or as lines of JSON. Once the time has passed by the tenant's clock, the same time gives the "
                + "same bytes.")
            {
                Query = [.. Time, "format"],
            }).Produces(200, contentType: CsvBodyReader.MediaType, additionalContentTypes: AccountingEndpoints.JsonLines)
            .Problems(401, 403, 422, 429, 503);
        routes.MapGet("/v1/accounting/trial-balance", AccountingEndpoints.TrialBalanceAsync).WithMetadata(HeavyCall.Mark)
            .Doc(new("Accounting", "Read the trial balance",
                "Of each account and currency what was there before, debits and credits of the time, and what is there after it. Balances of a currency "
                + "add up to zero.")
            {
                Query = Time,
                ResponseExample = """
                    { "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z", "isFinal": false, "accounts": [
                      { "account": "receivable", "currency": "EUR", "opening": "-119.00", "debits": "59.50", "credits": "119.00", "closing": "-59.50" } ] }
                    """,
            }).Answers<TrialBalanceAnswer>().Problems(422);
    }
}
