using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Minimum and maximum over all subscriptions of a customer, over HTTP.</summary>
[Collection(HostCollection.Name)]
public sealed class AgreementTests(HostFixture host)
{
    private const string Body = """
        { "id": "frame", "minimum": { "amount": "100" }, "maximum": { "amount": "500", "name": "Cap" }, "from": "2012-06-10T00:00:00Z" }
        """;

    [Fact]
    public async Task It_is_made_read_on_the_bill_on_an_invoice_and_ended()
    {
        using var caller = await host.NewHomeAsync();
        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-06-10T00:00:00Z" }""");
        var made = await caller.CreateAsync("/v1/customers/c-1/agreements", Body);
        Assert.Equal(
            ("frame", "100", "true", "500", "Cap", "false", "month", "2012-06-01"),
            (made.Text("id"), made.Text("minimum/amount"), made.Text("minimum/prorate"), made.Text("maximum/amount"), made.Text("maximum/name"),
            made.Text("maximum/prorate"), made.Text("cycle/unit"), made.Text("anchorDate")));
        Assert.Equal(200, (await caller.PostAsync("/v1/customers/c-1/agreements", Body)).Status);
        Assert.Equal("frame", (await caller.GetAsync("/v1/customers/c-1/agreements")).Text("items/0/id"));
        Assert.Equal("2012-06-10T00:00:00Z", (await caller.GetAsync("/v1/customers/c-1/agreements/frame")).Text("from"));

        // 21 of 30 days of 100.00, less the base fee of 9.50.
        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal("70.00", bill.Text("total"));
        var line = bill.Json.GetProperty("lines").EnumerateArray().Last();
        Assert.Equal(("minimum", "frame", ""), (
            line.GetProperty("kind").GetString(), line.GetProperty("agreement").GetString(), line.GetProperty("subscription").GetString()));

        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-02T00:00:00Z" }""");
        var invoices = await caller.GetAsync("/v1/customers/c-1/invoices");
        Assert.Equal("70.00", invoices.Text("items/0/total"));
        var id = invoices.Text("items/0/id");
        var lines = invoices.Json.GetProperty("items")[0].GetProperty("lines").GetArrayLength();
        Assert.Equal("[]", (await caller.GetAsync($"/v1/invoices/{id}/lines/{lines}/events")).Text("items"));
        Assert.Contains("All subscriptions, agreement frame", (await caller.GetAsync($"/v1/invoices/{id}/explanation")).Body, StringComparison.Ordinal);

        var ended = await caller.PostAsync("/v1/customers/c-1/agreements/frame/end", """{ "at": "2012-07-16T00:00:00Z" }""");
        Assert.Equal((200, "2012-07-16T00:00:00Z"), (ended.Status, ended.Text("to")));
        // 15 of 31 days; July's base fee ends after the agreement.
        Assert.Equal("57.89", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        Assert.True((await caller.PostAsync("/v1/audit", "{}")).Json.GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public async Task What_makes_no_sense_is_a_problem_with_its_place()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/customers/nobody/agreements", Body)).IsProblem(404, "customer.unknown");
        (await caller.GetAsync("/v1/customers/nobody/agreements")).IsProblem(404, "customer.unknown");
        (await caller.GetAsync("/v1/customers/c-1/agreements/none")).IsProblem(404, "agreement.unknown");
        (await caller.PostAsync("/v1/customers/c-1/agreements/none/end", "{}")).IsProblem(404, "agreement.unknown");
        (await caller.PostAsync("/v1/customers/c-1/agreements", """{ "id": "a" }""")).IsProblem(422, "agreement.bounds_missing", "");
        (await caller.PostAsync("/v1/customers/c-1/agreements", """{ "id": "a", "minimum": { } }""")).IsProblem(422, "json.required", "/minimum/amount");
        (await caller.PostAsync("/v1/customers/c-1/agreements", """{ "id": "a", "minimum": { "amount": "1.005" } }"""))
            .IsProblem(422, "agreement.amount", "/minimum/amount");
        (await caller.PostAsync("/v1/customers/c-1/agreements", """{ "id": "a", "minimum": { "amount": "1" }, "cycle": { "unit": "eon" } }"""))
            .IsProblem(422, "agreement.cycle_unit", "/cycle/unit");
        await caller.CreateAsync("/v1/customers/c-1/agreements", Body);
        (await caller.PostAsync("/v1/customers/c-1/agreements", Body.Replace("frame", "other", StringComparison.Ordinal)))
            .IsProblem(409, "agreement.overlaps", "/from");
        (await caller.PostAsync("/v1/customers/c-1/agreements", Body.Replace("100", "101", StringComparison.Ordinal)))
            .IsProblem(409, "agreement.exists", "/id");
    }
}
