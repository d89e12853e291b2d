using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Accounting;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Gateway.Accounting;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary>Journals of all customers, for bookkeeping.</summary>
internal static class AccountingEndpoints
{
    public const string JsonLines = "application/jsonl";

    private const int BufferSize = 32 * 1024;

    public static async Task<IResult> EntriesAsync(HttpContext context, PartitionRouter router)
    {
        var limit = Query.Limit(context);
        var query = QueryOf(context) with { Limit = limit + 1 };
        if (Query.After(context) is { } cursor)
        {
            var (customer, number) = Place(cursor);
            query = query with { AfterCustomer = customer, AfterNumber = number };
        }
        var partitions = await router.AllAsync();
        var parts = await Task.WhenAll(partitions.Select(p => p.AccountingEntries(query))).WaitAsync(context.RequestAborted);
        // One more than asked for tells whether there is another page.
        var merged = parts.SelectMany(e => e).OrderBy(e => e.Customer, StringComparer.Ordinal).ThenBy(e => e.Entry.Number).Take(limit + 1).ToArray();
        return Listing.Of(
            merged.Length > limit ? new Page<AccountingEntry>(merged[..limit], Place(merged[limit - 1])) : new(merged, null),
            AccountingEntryAnswer.Of);
    }

    public static async Task<IResult> ExportAsync(HttpContext context, PartitionRouter router)
    {
        var query = QueryOf(context);
        var isCsv = Query.Text(context, "format") switch
        {
            null or "csv" => true,
            "jsonl" => false,
            _ => throw Query.Fault("format", "Give 'csv' or 'jsonl'."),
        };
        var partitions = await router.AllAsync();
        var rows = AccountingReader.ReadAsync(partitions, query, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        // What cannot be read at all is told before the answer begins.
        var hasFirst = await rows.MoveNextAsync();
        return Results.Stream(
            stream => WriteAsync(rows, hasFirst, isCsv, stream), isCsv ? CsvBodyReader.MediaType : JsonLines,
            $"accounting.{(isCsv ? "csv" : "jsonl")}");
    }

    public static async Task<IResult> TrialBalanceAsync(HttpContext context, IGrainFactory grains, PartitionRouter router)
    {
        var query = QueryOf(context);
        var clock = await grains.GetGrain<ITenantClockGrain>(query.Tenant).Read();
        var partitions = await router.AllAsync();
        var parts = await Task.WhenAll(partitions.Select(p => p.AccountTotals(query.Tenant, query.From, query.To)))
            .WaitAsync(context.RequestAborted);
        var balance = new TrialBalance();
        foreach (var line in parts.SelectMany(p => p))
        {
            balance.Add(line);
        }
        return ApiJson.Ok(new TrialBalanceAnswer(query.From, query.To, query.To <= clock.Now, [.. balance.Lines
            .Where(l => query.Currency is null || l.Currency == query.Currency).Select(AccountAnswer.Of)]));
    }

    private static async Task WriteAsync(IAsyncEnumerator<AccountingEntry> entries, bool hasFirst, bool isCsv, Stream target)
    {
        await using var source = entries;
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), BufferSize, leaveOpen: true);
        await writer.WriteAsync(isCsv ? AccountingRow.Header : "");
        for (var more = hasFirst; more; more = await entries.MoveNextAsync())
        {
            foreach (var row in AccountingRow.Of(entries.Current))
            {
                await writer.WriteAsync(isCsv ? row.ToCsv() : JsonSerializer.Serialize(row, ApiJson.Options) + "\n");
            }
        }
    }

    private static AccountingQuery QueryOf(HttpContext context)
    {
        var (from, to) = (Query.Time(context, "from"), Query.Time(context, "to"));
        var currency = Query.Text(context, "currency");
        if (currency is not null && !Currency.TryParse(currency, out _))
        {
            throw Query.Fault("currency", "Give an ISO 4217 code, such as EUR.");
        }
        return new(context.Tenant(), from ?? throw Missing("from"), to is { } end && end > from ? end : throw Missing("to"), currency, null, 0, 0);
    }

    private static ProblemException Missing(string name) =>
        Query.Fault(name, "Give 'from' and a later 'to', such as 2026-11-01T00:00:00Z: what was posted at 'to' is left out.");

    private static string Place(AccountingEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Entry.Number}\n{entry.Customer}");

    private static (string Customer, int Number) Place(string cursor) =>
        cursor.Split('\n', 2) is [var number, var customer] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && EntityId.IsValid(customer)
            ? (customer, value)
            : throw Query.Fault("cursor", "Use the 'next' of the page before, as it was.");
}
