using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class OverrideTests(HostFixture host)
{
    private const string Agreed = """{ "charges": [ { "id": "base", "amount": "8.00" } ], "discounts": [ { "id": "loyal", "amount": "1" } ] }""";

    [Fact]
    public async Task Agreed_terms_are_taken_shown_billed_and_quoted()
    {
        using var caller = await host.NewHomeAsync();
        var made = await caller.CreateAsync("/v1/subscriptions", $$"""
            { "id": "s-2", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z", "overrides": {{Agreed}} }
            """);
        Assert.Equal(("8", "loyal"), (made.Text("overrides/charges/0/amount"), made.Text("overrides/discounts/0/id")));
        Assert.Equal("8", (await caller.GetAsync("/v1/subscriptions/s-2")).Text("overrides/charges/0/amount"));
        var change = await caller.CreateAsync("/v1/subscriptions/s-1/changes", $$"""
            { "id": "c", "plan": "home", "when": "periodEnd", "overrides": {{Agreed}} }
            """);
        Assert.Equal("8", change.Text("overrides/charges/0/amount"));
        Assert.Equal("8", (await caller.GetAsync("/v1/subscriptions/s-1")).Text("segments/1/overrides/charges/0/amount"));
        // 9.50 of s-1; 8.00 − 1.00 of s-2.
        Assert.Equal("16.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        // 8.00 − 1.00 + 10 × 0.31.
        var quote = await caller.PostAsync("/v1/quotes", $$"""{ "plan": "home", "quantity": "10", "overrides": {{Agreed}} }""");
        Assert.Equal("10.10", quote.Text("amount"));
    }

    [Fact]
    public async Task A_plan_with_trial_phases_and_term_is_taken_shown_and_quoted()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "life", "currency": "EUR", "charges": [ { "id": "base", "amount": "9" }, { "id": "energy", "meter": "energy", "unitPrice": "1" } ],
              "trial": { "days": 10 }, "phases": [ { "name": "Ramp", "periods": 2, "charges": [ { "id": "base", "amount": "3" } ] } ],
              "term": { "periods": 12, "earlyTerminationFee": { "amount": "20" } } }
            """);
        const string Body = """{ "id": "s-2", "customer": "c-1", "plan": "life", "start": "2012-06-01T00:00:00Z" }""";
        await caller.CreateAsync("/v1/subscriptions", Body);
        Assert.Equal(200, (await caller.PostAsync("/v1/subscriptions", Body)).Status);
        var read = await caller.GetAsync("/v1/subscriptions/s-2");
        Assert.Equal(
            ("free", "2012-06-11T00:00:00Z", "Ramp", "2012-08-01T00:00:00Z"),
            (read.Text("segments/0/trial"), read.Text("segments/0/end"), read.Text("segments/1/phase"), read.Text("segments/1/end")));
        // 9.50 of s-1; 20 of 30 days of 3.00.
        Assert.Equal("11.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        Assert.Equal("0.00", (await caller.PostAsync("/v1/quotes", """{ "plan": "life", "quantity": "5", "trial": true }""")).Text("amount"));
        Assert.Equal("8.00", (await caller.PostAsync("/v1/quotes", """{ "plan": "life", "quantity": "5", "phase": 1 }""")).Text("amount"));
        (await caller.PostAsync("/v1/quotes", """{ "plan": "life", "quantity": "5", "phase": 2 }""")).IsProblem(422, "quote.phase_unknown", "/phase");
        await caller.CreateAsync("/v1/subscriptions/s-2/cancel", """{ "when": "periodEnd" }""");
        Assert.Equal("31.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        var without = await caller.CreateAsync("/v1/subscriptions", Body.Replace("s-2", "s-3", StringComparison.Ordinal)
            .Replace("\"plan\"", "\"trial\": false, \"plan\"", StringComparison.Ordinal));
        Assert.Equal("s-3", without.Text("id"));
        (await caller.PostAsync("/v1/subscriptions", """{ "id": "s-4", "customer": "c-1", "plan": "life", "trial": "no" }"""))
            .IsProblem(422, "json.type", "/trial");
    }

    [Fact]
    public async Task A_fault_in_agreed_terms_is_named_where_it_stands()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/subscriptions", """
            { "id": "s-2", "customer": "c-1", "plan": "home", "overrides": { "charges": [ { "id": "base", "fee": "1" } ] } }
            """)).IsProblem(422, "json.unknown_property", "/overrides/charges/0/fee");
        (await caller.PostAsync("/v1/subscriptions", """
            { "id": "s-2", "customer": "c-1", "plan": "home", "overrides": { "charges": [ { "id": "base", "unitPrice": "1" } ] } }
            """)).IsProblem(422, "plan.model_not_for_kind", "/overrides/charges/0/model");
        (await caller.PostAsync("/v1/quotes", """{ "plan": "home", "quantity": "1", "overrides": { } }"""))
            .IsProblem(422, "overrides.empty", "/overrides");
        (await caller.PostAsync(
            "/v1/quotes", """{ "currency": "EUR", "charge": { "unitPrice": "1" }, "quantity": "1", "overrides": { "charges": [ ] } }"""))
            .IsProblem(422, "quote.overrides_without_plan", "/overrides");
    }
}
