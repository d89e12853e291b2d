using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Journals of all customers, for bookkeeping.</summary>
[Collection(HostCollection.Name)]
public sealed class AccountingTests(HostFixture host)
{
    private const string June = "from=2012-06-01T00:00:00Z&to=2012-07-01T00:00:00Z";
    private const string July = "from=2012-07-01T00:00:00Z&to=2012-08-01T00:00:00Z";

    [Fact]
    public async Task A_month_is_exported_posting_by_posting_and_stays_as_it_was()
    {
        using var tenant = await InvoicedAsync();
        var csv = await tenant.GetAsync($"/v1/accounting/export?{July}");
        Assert.Equal((200, "text/csv"), (csv.Status, csv.Type));
        // '=' comes before 'a'; the two invoices were numbered in either order.
        var first = (await tenant.GetAsync("/v1/customers/%3Db/invoices")).Text("items/0/id");
        var second = (await tenant.GetAsync("/v1/customers/a/invoices")).Text("items/0/id");
        Assert.Equal(
            $"""
            entry,recorded_at,effective_at,kind,customer,legal_entity,document,account,grant,debit,credit,currency,period_end
            '=b/1,2012-07-01T01:00:00Z,2012-07-01T01:00:00Z,invoice,'=b,,{first},receivable,,12.50,,EUR,2012-07-01T00:00:00Z
            '=b/1,2012-07-01T01:00:00Z,2012-07-01T01:00:00Z,invoice,'=b,,{first},revenue,,,12.50,EUR,2012-07-01T00:00:00Z
            a/1,2012-07-01T01:00:00Z,2012-07-01T01:00:00Z,invoice,a,,{second},receivable,,12.50,,EUR,2012-07-01T00:00:00Z
            a/1,2012-07-01T01:00:00Z,2012-07-01T01:00:00Z,invoice,a,,{second},revenue,,,12.50,EUR,2012-07-01T00:00:00Z
            a/2,2012-07-02T00:00:00Z,2012-07-02T00:00:00Z,payment,a,,p1,receivable,,,5.00,EUR,
            a/2,2012-07-02T00:00:00Z,2012-07-02T00:00:00Z,payment,a,,p1,cash,,5.00,,EUR,

            """.ReplaceLineEndings("\r\n"),
            csv.Body);
        var lines = await tenant.GetAsync($"/v1/accounting/export?{July}&format=jsonl");
        Assert.Equal("application/jsonl", lines.Type);
        Assert.Equal(6, lines.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.Equal(200, (await tenant.PostAsync("/v1/clock/advance", """{ "to": "2012-08-02T00:00:00Z" }""")).Status);
        await tenant.CreateAsync("/v1/customers/a/payments", """{ "id": "p2", "amount": "1.00", "receivedAt": "2012-07-15T00:00:00Z" }""");
        Assert.Equal(csv.Body, (await tenant.GetAsync($"/v1/accounting/export?{July}")).Body);
        Assert.Equal(lines.Body, (await tenant.GetAsync($"/v1/accounting/export?{July}&format=jsonl")).Body);
        Assert.Single((await tenant.GetAsync($"/v1/accounting/export?{June}")).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Entries_come_in_pages_and_the_trial_balance_is_their_sum()
    {
        using var tenant = await InvoicedAsync();
        var seen = new List<string>();
        for (var path = $"/v1/accounting/entries?{July}&limit=1"; path.Length > 0;)
        {
            var page = await tenant.GetAsync(path);
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(
                e => $"{e.GetProperty("customer").GetString()}/{e.GetProperty("number").GetInt32()} {e.GetProperty("kind").GetString()}"));
            path = page.TextOrNull("next") is not { } next || next == "null" ? "" : $"/v1/accounting/entries?{July}&limit=1&cursor={next}";
        }
        Assert.Equal(["=b/1 invoice", "a/1 invoice", "a/2 payment"], seen);
        var balance = await tenant.GetAsync($"/v1/accounting/trial-balance?{July}");
        Assert.Equal(
            ["cash 0.00 5.00 0.00 -5.00", "receivable 0.00 25.00 5.00 -20.00", "revenue 0.00 0.00 25.00 25.00"],
            balance.Json.GetProperty("accounts").EnumerateArray().Select(a => string.Join(
                ' ', new[] { "account", "opening", "debits", "credits", "closing" }.Select(n => a.GetProperty(n).GetString()))));
        Assert.Equal("false", balance.Text("isFinal"));
        Assert.Equal("true", (await tenant.GetAsync($"/v1/accounting/trial-balance?{June}")).Text("isFinal"));
        (await tenant.GetAsync("/v1/accounting/entries")).IsProblem(422, "request.parameter_invalid");
        (await tenant.GetAsync("/v1/accounting/export?from=2012-07-01T00:00:00Z&to=2012-07-01T00:00:00Z")).IsProblem(422, "request.parameter_invalid");
        (await tenant.GetAsync($"/v1/accounting/export?{July}&format=xlsx")).IsProblem(422, "request.parameter_invalid");
    }

    private async Task<Caller> InvoicedAsync()
    {
        var tenant = await host.NewTenantAsync(now: "2012-06-01T00:00:00Z");
        await tenant.CreateAsync("/v1/plans", """
            { "id": "p", "currency": "EUR", "charges": [ { "id": "fee", "kind": "recurring", "amount": "12.50" } ] }
            """);
        foreach (var id in new[] { "a", "=b" })
        {
            await tenant.CreateAsync("/v1/customers", $$"""{ "id": "{{id}}", "name": "N", "currency": "EUR" }""");
            await tenant.CreateAsync("/v1/subscriptions", $$"""{ "id": "s{{id}}", "customer": "{{id}}", "plan": "p", "start": "2012-06-01T00:00:00Z" }""");
        }
        Assert.Equal(200, (await tenant.PostAsync("/v1/clock/advance", """{ "to": "2012-07-02T00:00:00Z" }""")).Status);
        await tenant.CreateAsync("/v1/customers/a/payments", """{ "id": "p1", "amount": "5.00" }""");
        return tenant;
    }
}
