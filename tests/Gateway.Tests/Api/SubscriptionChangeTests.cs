using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class SubscriptionChangeTests(HostFixture host)
{
    private const string Changes = "/v1/subscriptions/s-1/changes";

    /// <summary>June has 30 days: 9.50 × 10/30 = 3.17 (rounded), 12.00 × 20/30 = 8.00; the fee is one amount: 11.1666… is 11.17.</summary>
    [Fact]
    public async Task A_plan_is_changed_withdrawn_and_the_subscription_cancelled()
    {
        using var caller = await PreparedAsync();
        const string Body = """{ "id": "up", "plan": "plus", "when": "2012-06-11T00:00:00Z" }""";
        var made = await caller.CreateAsync(Changes, Body);
        Assert.Equal(
            ("up", "plan", "plus", "2012-06-11T00:00:00Z", "scheduled"),
            (made.Text("id"), made.Text("kind"), made.Text("plan"), made.Text("effectiveAt"), made.Text("status")));
        Assert.Equal(200, (await caller.PostAsync(Changes, Body)).Status);
        var read = await caller.GetAsync("/v1/subscriptions/s-1");
        Assert.Equal(
            ("home", "2012-06-11T00:00:00Z", "plus", "up"),
            (read.Text("plan"), read.Text("segments/0/end"), read.Text("segments/1/plan"), read.Text("changes/0/id")));
        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(
            ("3.17", "home", "2012-06-11T00:00:00Z", "8.00", "plus", "2012-06-11T00:00:00Z"),
            (bill.Text("lines/0/amount"), bill.Text("lines/0/plan"), bill.Text("lines/0/periodEnd"),
                bill.Text("lines/1/amount"), bill.Text("lines/1/plan"), bill.Text("lines/1/periodStart")));

        var gone = await caller.SendAsync(new(HttpMethod.Delete, Changes + "/up"));
        Assert.Equal((200, "withdrawn"), (gone.Status, gone.Text("status")));
        var end = await caller.CreateAsync("/v1/subscriptions/s-1/cancel", """{ "when": "periodEnd" }""");
        Assert.Equal(("cancel", "cancel", "2012-07-01T00:00:00Z"), (end.Text("id"), end.Text("kind"), end.Text("effectiveAt")));
        Assert.Equal("2012-07-01T00:00:00Z", (await caller.GetAsync("/v1/subscriptions/s-1")).Text("end"));
    }

    /// <summary>9.50 × 20/30 = 6.33.</summary>
    [Fact]
    public async Task A_subscription_is_paused_and_resumed_and_a_plan_is_back_dated()
    {
        using var caller = await PreparedAsync();
        const string Body = """{ "id": "rest", "when": "2012-06-11T00:00:00Z", "usage": "billed" }""";
        var made = await caller.CreateAsync("/v1/subscriptions/s-1/pause", Body);
        Assert.Equal(("pause", "scheduled"), (made.Text("kind"), made.Text("status")));
        Assert.Equal(200, (await caller.PostAsync("/v1/subscriptions/s-1/pause", Body)).Status);
        await caller.CreateAsync("/v1/subscriptions/s-1/resume", """{ "id": "on", "when": "2012-06-21T00:00:00Z" }""");
        var read = await caller.GetAsync("/v1/subscriptions/s-1");
        Assert.Equal(
            ("2012-06-11T00:00:00Z", "2012-06-21T00:00:00Z", "billed"),
            (read.Text("pauses/0/start"), read.Text("pauses/0/end"), read.Text("pauses/0/usage")));
        Assert.Equal("6.33", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        await caller.CreateAsync(Changes, """{ "id": "back", "plan": "plus", "when": "periodStart" }""");
        // 12.00 × 20/30, the pause stays.
        Assert.Equal("8.00", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        (await caller.PostAsync("/v1/subscriptions/s-1/pause", """{ "id": "x", "when": "now", "usage": "free" }"""))
            .IsProblem(422, "json.value", "/usage");
        (await caller.PostAsync("/v1/subscriptions/s-1/resume", """{ "id": "x", "when": "now" }"""))
            .IsProblem(409, "subscription.not_paused");
        (await caller.PostAsync("/v1/subscriptions/s-1/cancel", """{ "when": "periodStart" }"""))
            .IsProblem(422, "subscription.plan_only", "/when");
    }

    [Fact]
    public async Task Every_refusal_names_its_reason()
    {
        using var caller = await PreparedAsync();
        (await caller.PostAsync(Changes, """{ "id": "a", "plan": "plus", "when": "soon" }""")).IsProblem(422, "json.value", "/when");
        (await caller.PostAsync(Changes, """{ "id": "a", "plan": "plus" }""")).IsProblem(422, "json.required", "/when");
        (await caller.PostAsync(Changes, """{ "id": "a", "plan": "none", "when": "now" }""")).IsProblem(422, "plan.unknown", "/plan");
        (await caller.PostAsync(Changes, """{ "id": "a", "plan": "home", "when": "now" }"""))
            .IsProblem(409, "subscription.plan_unchanged", "/plan");
        (await caller.PostAsync("/v1/subscriptions/none/changes", """{ "id": "a", "plan": "plus", "when": "now" }"""))
            .IsProblem(404, "subscription.unknown");
        (await caller.SendAsync(new(HttpMethod.Delete, Changes + "/none"))).IsProblem(404, "change.unknown");
        await caller.ReportAsync("e", "1", "2012-06-02T08:00:00Z");
        (await caller.PostAsync(Changes, """{ "id": "a", "plan": "plus", "when": "2012-06-02T08:00:00Z" }"""))
            .IsProblem(409, "subscription.change_too_early", "/when");
        await caller.CreateAsync(Changes, """{ "id": "a", "plan": "plus", "when": "2012-06-02T08:00:01Z" }""");
        (await caller.SendAsync(new(HttpMethod.Delete, Changes + "/a"))).IsProblem(409, "subscription.change_begun");
    }

    private async Task<Caller> PreparedAsync()
    {
        var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "plus", "currency": "EUR", "charges": [
              { "id": "base", "kind": "recurring", "amount": "12.00" },
              { "id": "energy", "meter": "energy", "unitPrice": "0.25" } ] }
            """);
        return caller;
    }
}
