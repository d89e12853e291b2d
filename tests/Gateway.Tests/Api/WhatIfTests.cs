using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Plans compared on real usage, over HTTP.</summary>
[Collection(HostCollection.Name)]
public sealed class WhatIfTests(HostFixture host)
{
    private const string Draft = """
        { "id": "draft", "currency": "EUR", "charges": [
          { "id": "base", "kind": "recurring", "amount": "5" }, { "id": "energy", "meter": "energy", "unitPrice": "0.40" } ] }
        """;

    [Fact]
    public async Task The_cheapest_plan_comes_first_with_the_difference_to_the_real_bill()
    {
        using var caller = await host.NewHomeAsync();
        Assert.Equal("1", (await caller.ReportAsync("e-1", "10")).Text("accepted"));
        await caller.CreateAsync("/v1/plans", """
            { "id": "green", "currency": "EUR", "charges": [
              { "id": "base", "kind": "recurring", "amount": "12" }, { "id": "energy", "meter": "energy", "unitPrice": "0.20" } ] }
            """);
        await caller.CreateAsync("/v1/meters", """{ "id": "water", "unit": "m3" }""");
        await caller.CreateAsync("/v1/plans", """
            { "id": "water", "currency": "EUR", "charges": [ { "id": "water", "meter": "water", "unitPrice": "0.20" } ] }
            """);

        // home: 9.50 + 10 × 0.31; draft: 5 + 10 × 0.40; green: 12 + 10 × 0.20.
        var chosen = await caller.PostAsync(
            "/v1/subscriptions/s-1/what-if", $$"""{ "plans": [ { "plan": "green" }, { "definition": {{Draft}} } ] }""");
        Assert.Equal(200, chosen.Status);
        Assert.Equal(("12.60", "draft", "1"), (chosen.Text("total"), chosen.Text("cheapest"), chosen.Text("events")));
        Assert.Equal(("draft", "9.00", "-3.60"), (chosen.Text("plans/0/plan"), chosen.Text("plans/0/total"), chosen.Text("plans/0/difference")));
        Assert.Equal(("green", "14.00", "1.40"), (chosen.Text("plans/1/plan"), chosen.Text("plans/1/total"), chosen.Text("plans/1/difference")));
        Assert.Equal("5.00", chosen.Text("plans/0/lines/0/amount"));

        var all = await caller.PostAsync("/v1/subscriptions/s-1/what-if", """{ "at": "2012-06-02T00:00:00Z" }""");
        Assert.Equal(("home", "green", "water"), (all.Text("plans/0/plan"), all.Text("plans/1/plan"), all.Text("plans/2/plan")));
        Assert.Equal(("home", "0.00"), (all.Text("cheapest"), all.Text("plans/0/difference")));
        Assert.Equal("1", all.Text("plans/2/unrated/rating.no_charge_for_meter"));
        Assert.Equal(404, (await caller.GetAsync("/v1/plans/draft")).Status);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_its_place()
    {
        using var caller = await host.NewHomeAsync();

        (await caller.PostAsync("/v1/subscriptions/nobody/what-if", "{}")).IsProblem(404, "subscription.unknown");
        (await caller.PostAsync("/v1/subscriptions/s-1/what-if", """{ "plans": [ {} ] }""")).IsProblem(422, "what_if.choice", "/plans/0");
        (await caller.PostAsync("/v1/subscriptions/s-1/what-if", """{ "plans": [ { "plan": "none" } ] }"""))
            .IsProblem(422, "plan.unknown", "/plans/0/plan");
        (await caller.PostAsync("/v1/subscriptions/s-1/what-if", """{ "plans": [ { "definition": { "id": "x", "currency": "EUR" } } ] }"""))
            .IsProblem(422, "json.required", "/plans/0/definition/charges");
        (await caller.PostAsync("/v1/subscriptions/s-1/what-if", """{ "at": "2011-01-01T00:00:00Z" }""")).IsProblem(422, "what_if.period", "/at");
        var many = string.Join(',', Enumerable.Repeat("""{ "plan": "home" }""", 51));
        (await caller.PostAsync("/v1/subscriptions/s-1/what-if", $$"""{ "plans": [ {{many}} ] }""")).IsProblem(422, "json.too_many", "/plans");
    }

    [Fact]
    public async Task A_fleet_is_compared_on_one_plan_by_subscription_and_by_device()
    {
        using var caller = await host.NewHomeAsync();
        Assert.Equal("1", (await caller.ReportAsync("e-1", "10")).Text("accepted"));
        await caller.CreateAsync("/v1/plans", """
            { "id": "green", "currency": "EUR", "charges": [
              { "id": "base", "kind": "recurring", "amount": "12" }, { "id": "energy", "meter": "energy", "unitPrice": "0.20" } ] }
            """);

        // s-1 on home: 9.50 + 10 × 0.31; draft: 5 + 10 × 0.40; green: 12 + 10 × 0.20.
        var fleet = await caller.PostAsync(
            "/v1/customers/c-1/what-if", $$"""{ "plans": [ { "plan": "green" }, { "definition": {{Draft}} } ], "perDevice": true }""");
        Assert.Equal(200, fleet.Status);
        Assert.Equal(("12.60", "draft", "1", "EUR"), (fleet.Text("total"), fleet.Text("cheapest"), fleet.Text("events"), fleet.Text("currency")));
        Assert.Equal(("9.00", "-3.60"), (fleet.Text("best/total"), fleet.Text("best/difference")));
        Assert.Equal(("draft", "9.00", "1"), (fleet.Text("plans/0/plan"), fleet.Text("plans/0/total"), fleet.Text("plans/0/cheapestFor")));
        Assert.Equal(("green", "1.40", "0"), (fleet.Text("plans/1/plan"), fleet.Text("plans/1/difference"), fleet.Text("plans/1/cheapestFor")));
        Assert.Equal(("s-1", "draft"), (fleet.Text("subscriptions/0/subscription"), fleet.Text("subscriptions/0/cheapest")));
        Assert.Equal("5.00", fleet.Text("subscriptions/0/plans/0/lines/0/amount"));
        Assert.Equal(("draft", "9.00"), (
            fleet.Text("subscriptions/0/devices/0/cheapest"), fleet.Text("subscriptions/0/devices/0/plans/0/total")));

        (await caller.PostAsync("/v1/customers/nobody/what-if", "{}")).IsProblem(404, "customer.unknown");
        (await caller.PostAsync("/v1/customers/c-1/what-if", """{ "plans": [ {} ] }""")).IsProblem(422, "what_if.choice", "/plans/0");
        (await caller.PostAsync("/v1/customers/c-1/what-if", """{ "subscriptions": ["other"] }"""))
            .IsProblem(422, "subscription.unknown", "/subscriptions/0");
    }
}
