using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class ExpressionTests(HostFixture host)
{
    private const string Meter = """
        { "id": "traffic", "unit": "MB", "value": "(up + down) / 1000",
          "dimensions": [ { "name": "zone", "value": "startsWith(network, '26') ? 'eu' : network", "values": ["eu", "us"], "otherwise": "rest" } ] }
        """;

    private const string Plan = """
        id: mobile
        currency: EUR
        charges:
          - { id: data, meter: traffic, unitPrice: 0.01 }
          - { id: roaming, meter: traffic, where: "zone != 'eu' and value > 0.5", unitPrice: 0.10 }
        """;

    [Fact]
    public async Task Usage_is_derived_filtered_explained_and_kept_when_it_cannot_be()
    {
        using var caller = await PreparedAsync();
        var meter = await caller.GetAsync("/v1/meters/traffic");
        Assert.Equal(("(up + down) / 1000", "zone", "rest"),
            (meter.Text("value"), meter.Text("dimensions/0/name"), meter.Text("dimensions/0/otherwise")));

        var answer = await caller.PostAsync("/v1/events", """
            { "events": [
              { "id": "1", "device": "sim", "meter": "traffic", "time": "2012-06-02T08:00:00Z", "value": "0", "dimensions": { "up": "1500", "down": "8500", "network": "310" } },
              { "id": "2", "device": "sim", "meter": "traffic", "time": "2012-06-02T08:00:00Z", "value": "0", "dimensions": { "up": "100", "down": "100", "network": "26201" } },
              { "id": "3", "device": "sim", "meter": "traffic", "time": "2012-06-02T08:00:00Z", "value": "0", "dimensions": { "up": "12 kB", "down": "1", "network": "26201" } } ] }
            """);
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(("accepted", "1.1"), (answer.Text("results/0/status"), answer.Text("results/0/charge")));
        Assert.StartsWith("The value of the dimension 'zone' is none", answer.Text("results/0/warning"), StringComparison.Ordinal);
        Assert.Equal(("accepted", null), (answer.Text("results/1/status"), answer.TextOrNull("results/1/warning")));
        Assert.Equal(("quarantined", "expression.not_a_number"), (answer.Text("results/2/status"), answer.Text("results/2/reason")));

        // 10.2 × 0.01 and 10 × 0.10.
        var bill = await caller.GetAsync("/v1/customers/c/bill");
        Assert.Equal("1.10", bill.Text("total"));
        Assert.Equal("events where zone != 'eu' and value > 0.5", bill.Text("lines/1/steps/2/text"));
        var kept = await caller.GetAsync("/v1/quarantine");
        Assert.Equal("'12 kB' is read as a number, and is no plain decimal such as -12.5. Character 2 of: (up + down) / 1000", kept.Text("items/0/detail"));

        var mended = await caller.PostAsync("/v1/devices/sim/usage/3/amend", """
            { "id": "fix", "reason": "unit in the figure", "dimensions": { "up": "12000", "down": "1000", "network": "26201" } }
            """);
        Assert.True(mended.Status == 201, mended.Body);
        Assert.Equal("1.23", (await caller.GetAsync("/v1/customers/c/bill")).Text("total"));
        Assert.Equal("true", (await caller.PostAsync("/v1/audit", "{}")).Text("agrees").ToLowerInvariant());

        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-10T00:00:00Z" }""");
        var invoice = (await caller.GetAsync("/v1/customers/c/invoices")).Text("items/0/id");
        var behind = await caller.GetAsync($"/v1/invoices/{invoice}/lines/2/events");
        Assert.Equal(("1", "0", "310", "10", "rest"), (
            behind.Text("items/0/id"), behind.Text("items/0/value"), behind.Text("items/0/dimensions/network"), behind.Text("items/0/derived/value"),
            behind.Text("items/0/derived/dimensions/zone")));
    }

    [Fact]
    public async Task A_quote_derives_what_the_meter_does_and_says_what_has_no_value()
    {
        using var caller = await PreparedAsync();
        var quote = await caller.PostAsync("/v1/quotes", """
            { "plan": "mobile", "events": [ { "value": "0", "dimensions": { "up": "1500", "network": "310", "down": "8500" } } ] }
            """);
        Assert.True(quote.Status == 200, quote.Body);
        Assert.Equal("1.10", quote.Text("amount"));
        (await caller.PostAsync("/v1/quotes", """{ "plan": "mobile", "events": [ { "value": "0", "dimensions": { "up": "1", "network": "310" } } ] }"""))
            .IsProblem(422, "expression.dimension_missing", "/events/0");
        var inline = await caller.PostAsync("/v1/quotes", """
            { "currency": "EUR", "charge": { "unitPrice": "1", "where": "value > 2" }, "events": [ { "value": "2" }, { "value": "3" } ] }
            """);
        Assert.Equal("3.00", inline.Text("amount"));
    }

    [Theory]
    [InlineData("/v1/meters", """{ "id": "m", "unit": "MB", "value": "up +" }""", "expression.syntax", "/value")]
    [InlineData("/v1/meters", """{ "id": "m", "unit": "MB", "dimensions": [ { "name": "a", "value": "lower(value)" } ] }""", "expression.type", "/dimensions/0/value")]
    [InlineData("/v1/meters", """{ "id": "m", "unit": "MB", "dimensions": [ { "name": "a", "values": [1] } ] }""", "json.type", "/dimensions/0/values/0")]
    [InlineData("/v1/plans", """{ "id": "p", "currency": "EUR", "charges": [ { "id": "a", "meter": "traffic", "where": "zone == eu and", "unitPrice": "1" } ] }""", "expression.syntax", "/charges/0/where")]
    [InlineData("/v1/plans", """{ "id": "p", "currency": "EUR", "charges": [ { "id": "a", "meter": "traffic", "where": ["zone"], "unitPrice": "1" } ] }""", "json.type", "/charges/0/where")]
    public async Task What_is_no_expression_is_refused_with_its_place(string route, string body, string code, string pointer)
    {
        using var caller = await PreparedAsync();
        (await caller.PostAsync(route, body)).IsProblem(422, code, pointer);
    }

    [Fact]
    public async Task A_meter_with_another_expression_is_a_conflict_and_the_same_one_is_not()
    {
        using var caller = await PreparedAsync();
        Assert.Equal(200, (await caller.PostAsync("/v1/meters", Meter)).Status);
        (await caller.PostAsync("/v1/meters", Meter.Replace("1000", "1024", StringComparison.Ordinal))).IsProblem(409, "meter.exists");
    }

    private async Task<Caller> PreparedAsync()
    {
        var caller = await host.NewTenantAsync();
        await caller.CreateAsync("/v1/meters", Meter);
        var published = await caller.PostAsync("/v1/plans", Plan, "application/yaml");
        Assert.True(published.Status == 201, published.Body);
        await caller.CreateAsync("/v1/customers", """{ "id": "c", "name": "C", "currency": "EUR" }""");
        await caller.CreateAsync("/v1/subscriptions", """{ "id": "s", "customer": "c", "plan": "mobile", "start": "2012-06-01T00:00:00Z" }""");
        await caller.CreateAsync("/v1/devices", """{ "id": "sim", "subscription": "s" }""");
        return caller;
    }
}
