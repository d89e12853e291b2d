using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Invoices;

/// <summary>The report about bill runs.</summary>
[Collection(HostCollection.Name)]
public sealed class BillRunTests(HostFixture host)
{
    [Fact]
    public async Task The_report_says_what_is_issued_and_what_waits_for_whom()
    {
        using var tenant = await InvoicedTenant.NewAsync(host, to: "2026-06-30T00:00:00Z");
        await tenant.CreateAsync("/v1/customers", """{ "id": "=far", "name": "Far", "currency": "EUR" }""");
        await tenant.CreateAsync("/v1/subscriptions", """{ "id": "s2", "customer": "=far", "plan": "p", "start": "2026-06-01T00:00:00Z" }""");
        var ahead = await tenant.GetAsync("/v1/bill-runs?to=2026-07-02T00:00:00Z");
        Assert.Equal((200, "2", "0", "true"), (ahead.Status, ahead.Text("periods/ahead"), ahead.Text("periods/ended"), ahead.Text("complete")));

        await InvoicedTenant.AdvanceAsync(tenant, "2026-07-01T01:00:00Z");
        var report = await tenant.GetAsync("/v1/bill-runs");
        Assert.Equal(("2", "2", "false"), (report.Text("periods/ended"), report.Text("periods/closed"), report.Text("complete")));
        // 11.49 and 19 % of it; the other customer has no country, so that nobody knows its tax.
        Assert.Equal(("EUR", "1", "13.67"), (report.Text("invoices/issued/0/currency"), report.Text("invoices/issued/0/count"), report.Text("invoices/issued/0/total")));
        Assert.Equal(("1", "1", "1"), (report.Text("invoices/held"), report.Text("held/0/count"), report.Text("rate/lastMinute")));
        Assert.Equal("2026-07-01T00:00:00Z", report.Text("oldestOutstanding"));
        var code = report.Text("held/0/code");
        var drafts = await tenant.GetAsync(report.Text("held/0/drafts"));
        Assert.Equal(("=far", code), (drafts.Text("items/0/customer"), drafts.Text("items/0/holds/0/code")));
        Assert.Equal(0, (await tenant.GetAsync("/v1/drafts?hold=review.required")).Json.GetProperty("items").GetArrayLength());

        var csv = await tenant.GetAsync("/v1/bill-runs/held.csv");
        Assert.Equal((200, "text/csv"), (csv.Status, csv.Type));
        var rows = csv.Body.Split("\r\n");
        Assert.Equal("customer,draft,period_end,total,currency,hold,message", rows[0]);
        Assert.Equal(drafts.Json.GetProperty("items")[0].GetProperty("holds").GetArrayLength(), rows.Length - 2);
        Assert.All(rows[1..^1], r => Assert.StartsWith("'=far,20260701T000000Z-0,2026-07-01T00:00:00Z,11.49,EUR,tax.", r, StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains($",{code},", StringComparison.Ordinal));
        Assert.Equal(2, (await tenant.GetAsync("/v1/bill-runs/held.csv?hold=review.required")).Body.Split("\r\n").Length);
        Assert.Equal(2, (await tenant.GetAsync("/v1/bill-runs/held.csv?to=2026-07-01T00:00:00Z")).Body.Split("\r\n").Length);

        await tenant.PutAsync("/v1/customers/=far", """{ "id": "=far", "name": "Far", "currency": "EUR", "country": "DE", "postalCode": "50667", "city": "Köln" }""");
        var done = await tenant.GetAsync("/v1/bill-runs?from=2026-06-15T00:00:00Z&to=2026-07-02T00:00:00Z");
        Assert.Equal(("true", "2", "0"), (done.Text("complete"), done.Text("invoices/issued/0/count"), done.Text("invoices/held")));
        Assert.Equal(0, done.Json.GetProperty("partitions").GetArrayLength());
    }

    [Theory]
    [InlineData("from=2026-07-02T00:00:00Z&to=2026-07-02T00:00:00Z")]
    [InlineData("from=2025-07-01T00:00:00Z&to=2026-07-03T00:00:00Z")]
    [InlineData("from=yesterday")]
    public async Task A_span_that_makes_no_sense_is_refused(string query)
    {
        using var tenant = await host.NewTenantAsync();
        (await tenant.GetAsync($"/v1/bill-runs?{query}")).IsProblem(422, "request.parameter_invalid");
        (await tenant.GetAsync($"/v1/bill-runs/held.csv?{query}")).IsProblem(422, "request.parameter_invalid");
    }
}
