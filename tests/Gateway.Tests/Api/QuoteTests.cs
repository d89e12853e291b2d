using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class QuoteTests(HostFixture host)
{
    [Fact]
    public async Task An_inline_charge_is_priced_with_every_step()
    {
        var quote = await host.Operator.PostAsync("/v1/quotes", """
            { "currency": "USD",
              "charge": { "model": "graduated", "tiers": [ { "upTo": "5", "unitPrice": "10", "flatFee": "100" }, { "upTo": null, "unitPrice": "5" } ],
                          "minimum": null, "maximum": null, "discountPercent": null, "freeQuantity": null },
              "quantity": "12" }
            """);
        Assert.Equal((200, "USD", "185.00", "185"),
            (quote.Status, quote.Text("currency"), quote.Text("amount"), quote.Text("exactAmount")));
        Assert.Equal(3, quote.Json.GetProperty("steps").GetArrayLength());
        Assert.Equal(("5", "50"), (quote.Text("steps/0/quantity"), quote.Text("steps/0/amount")));
    }

    [Fact]
    public async Task Prices_of_money_and_of_dimensions_are_quoted_too()
    {
        var quote = await host.Operator.PostAsync("/v1/quotes", """
            { "currency": "EUR",
              "charge": { "model": "matrix", "matrix": { "dimensions": ["zone"], "rows": [
                { "name": "home", "keys": { "zone": "home" }, "model": "percentage", "ratePercent": "2.5", "fixedFee": "0.10", "minimumPerEvent": "0.50", "maximumPerEvent": "10" } ],
                "otherwise": { "name": "away", "model": "dynamic", "markupPercent": "20" } } },
              "events": [ { "value": "5", "dimensions": { "zone": "home" } }, { "value": "1000", "dimensions": { "zone": "home" } }, { "value": "3" } ] }
            """);
        Assert.True(quote.Status == 200, quote.Body);
        Assert.Equal("14.10", quote.Text("amount"));
        Assert.StartsWith("home: ", quote.Text("steps/0/text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_priced_in_the_version_asked_for()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "home", "currency": "EUR", "charges": [ { "id": "energy", "meter": "energy", "model": "perUnit", "unitPrice": "1" } ] }
            """);
        Assert.Equal("10.00", (await caller.PostAsync("/v1/quotes", """{ "plan": "home", "quantity": "10" }""")).Text("amount"));
        Assert.Equal("12.60", (await caller.PostAsync("/v1/quotes", """{ "plan": "home", "planVersion": 1, "quantity": "10" }""")).Text("amount"));
        (await caller.PostAsync("/v1/quotes", """{ "plan": "home", "planVersion": 9, "quantity": "10" }"""))
            .IsProblem(422, "quote.plan_unknown", "/planVersion");
        (await caller.PostAsync("/v1/quotes", """{ "plan": "away", "quantity": "10" }""")).IsProblem(422, "quote.plan_unknown", "/plan");
    }

    [Fact]
    public async Task Timed_events_may_stand_in_place_of_a_quantity()
    {
        var quote = await host.Operator.PostAsync("/v1/quotes", """
            { "currency": "EUR", "charge": { "model": "perUnit", "unitPrice": "0.5" }, "timeZone": "Europe/Berlin",
              "events": [ { "time": "2026-01-31T08:00:00Z", "value": "1.5" }, { "time": "2026-01-31T09:00:00Z", "value": 2.5 } ] }
            """);
        Assert.True(quote.Status == 200, quote.Body);
        Assert.Equal("2.00", quote.Text("amount"));
    }

    [Theory]
    [InlineData("""{ "currency": "EUR", "charge": { "model": "perUnit", "unitPrice": "1" }, "events": [ { "value": "x" } ] }""", "/events/0/value")]
    [InlineData("""{ "currency": "EUR", "charge": { "model": "perUnit", "unitPrice": "1" }, "quantity": "1", "timeZone": "Mars" }""", "/timeZone")]
    [InlineData("""{ "currency": "EUR", "charge": { "model": "perUnit", "unitPrice": "1" }, "quantity": "1", "zone": "UTC" }""", "/zone")]
    [InlineData("""{ "currency": "EUR", "charge": { "model": "perUnit", "unitPrice": "1" }, "quantity": "1", "x": 1 }""", "/x")]
    [InlineData("""{ "currency": "EUR", "charge": { "model": "magic" }, "quantity": "1" }""", "/charge/model")]
    [InlineData("""{ "currency": "EUQ", "charge": { "model": "perUnit", "unitPrice": "1" }, "quantity": "1" }""", "/currency")]
    public async Task A_quote_that_makes_no_sense_names_the_pointer(string body, string pointer)
    {
        var answer = await host.Operator.PostAsync("/v1/quotes", body);
        Assert.True(answer.Status == 422, answer.Body);
        Assert.Equal(pointer, answer.Text("errors/0/pointer"));
    }
}
