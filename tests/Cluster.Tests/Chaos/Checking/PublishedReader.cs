using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>Reads over the public API all that it shows of a tenant.</summary>
internal sealed class PublishedReader(string tenant, ApiCaller caller, Random random, CancellationToken cancel)
{
    private const int TracedKeys = 12;
    private const long MostTraced = 4_000;

    public async Task<Published> ReadAsync()
    {
        var (invoices, bills) = (new List<PublishedInvoice>(), new List<PublishedBill>());
        await foreach (var customer in ListAsync("v1/customers"))
        {
            await ReadCustomerAsync(Text(customer, "id"), invoices, bills);
        }

        var usage = new List<PublishedUsage>();
        await foreach (var device in ListAsync("v1/devices"))
        {
            usage.AddRange(await UsageAsync(Text(device, "id")));
        }

        var quarantine = new List<PublishedEvent>();
        await foreach (var item in ListAsync("v1/quarantine"))
        {
            quarantine.Add(new(Text(item, "device"), Text(item, "id"), Text(item, "reason")));
        }

        var traced = await TraceAsync(invoices, [.. bills.SelectMany(bill => bill.Lines).Select(line => line.Key)]);
        var audit = await AuditAsync();
        var clock = await GetAsync("v1/clock");
        return new(tenant, Time(clock, "sealedThrough"), invoices, bills, usage, quarantine, traced, audit);
    }

    /// <summary>Bill and invoices of one moment: read again while an invoice is issued in between.</summary>
    private async Task ReadCustomerAsync(string customer, List<PublishedInvoice> invoices, List<PublishedBill> bills)
    {
        while (true)
        {
            var before = await InvoiceIdsAsync(customer);
            var bill = await GetAsync($"v1/customers/{customer}/bill");
            if (!before.SequenceEqual(await InvoiceIdsAsync(customer)))
            {
                continue;
            }

            bills.Add(new(customer, Time(bill, "asOf"), Number(bill, "total"), Lines(bill)));
            foreach (var id in before)
            {
                var answer = await caller.GetAsync($"v1/invoices/{id}", cancel);
                var json = answer.Json();
                invoices.Add(new(id, customer, Encoding.UTF8.GetString(answer.Body), Number(json, "total"), Lines(json)));
            }

            return;
        }
    }

    private async Task<List<string>> InvoiceIdsAsync(string customer)
    {
        var ids = new List<string>();
        await foreach (var invoice in ListAsync($"v1/customers/{customer}/invoices"))
        {
            ids.Add(Text(invoice, "id"));
        }

        return ids;
    }

    private async Task<IEnumerable<PublishedUsage>> UsageAsync(string device)
    {
        var usage = await GetAsync($"v1/devices/{device}/usage");
        return [.. usage.GetProperty("rows").EnumerateArray().Select(row => new PublishedUsage(
            device, Text(row, "subscription"), Time(row, "periodStart"), Number(row, "quantity"), row.GetProperty("events").GetInt64()))];
    }

    /// <summary>Events behind all invoice lines of some keys that are on no running bill.</summary>
    private async Task<List<TracedLine>> TraceAsync(List<PublishedInvoice> invoices, HashSet<LineKey> open)
    {
        var groups = invoices.SelectMany(invoice => invoice.Lines.Select(line => (invoice.Id, line)))
            .Where(one => one.line.Key.Charge == PlanTerms.UseCharge && !open.Contains(one.line.Key))
            .GroupBy(one => one.line.Key)
            .Where(group => group.Sum(one => one.line.Sum.Events) <= MostTraced)
            .OrderBy(_ => random.Next())
            .Take(TracedKeys);
        var traced = new List<TracedLine>();
        foreach (var group in groups)
        {
            var events = new List<(string, string)>();
            foreach (var (invoice, line) in group)
            {
                await foreach (var item in ListAsync($"v1/invoices/{invoice}/lines/{line.Number}/events"))
                {
                    events.Add((Text(item, "device"), Text(item, "id")));
                }
            }

            traced.Add(new(group.Key, events));
        }

        return traced;
    }

    private async Task<string?> AuditAsync()
    {
        var answer = await caller.PostAsync("v1/audit", new JsonObject(), cancel, TimeSpan.FromMinutes(5));
        return answer.Succeeded && answer.Json().GetProperty("agrees").GetBoolean()
            ? null
            : Encoding.UTF8.GetString(answer.Body);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await caller.GetAsync(path, cancel);
        return answer.Succeeded
            ? answer.Json()
            : throw new SurpriseException($"GET {path} → {answer.Status} {Encoding.UTF8.GetString(answer.Body)}");
    }

    private async IAsyncEnumerable<JsonElement> ListAsync(string path)
    {
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}?limit=500{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                yield return item;
            }

            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
    }

    private static List<PublishedLine> Lines(JsonElement bill) => [.. bill.GetProperty("lines").EnumerateArray().Select(line =>
        new PublishedLine(
            line.GetProperty("number").GetInt32(),
            new(Text(line, "subscription"), Time(line, "periodStart"), Text(line, "chargeId")),
            Time(line, "periodEnd"),
            Text(line, "kind"),
            new(Number(line, "quantity"), line.GetProperty("events").GetInt64(), Number(line, "amount"))))];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).ToString(), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonElement element, string name) => element.GetProperty(name).GetDateTimeOffset();
}
