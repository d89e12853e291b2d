using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class ReRatingTests(HostFixture host)
{
    [Fact]
    public async Task A_corrected_version_is_previewed_read_again_and_applied_once()
    {
        using var caller = await host.NewHomeAsync();
        await caller.ReportAsync("e-1", "10");
        var wrong = (await caller.GetAsync("/v1/plans/home")).Json.GetProperty("definition").GetRawText();
        await caller.CreateAsync("/v1/plans", wrong.Replace("0.31", "0.25", StringComparison.Ordinal));
        const string Body = """
            { "id": "june", "plan": "home", "wrongVersion": 1, "correctedVersion": 2, "from": "2012-06-01T00:00:00Z", "to": "2012-07-01T00:00:00Z" }
            """;
        var preview = await caller.PostAsync("/v1/re-ratings", Body);
        Assert.True(preview.Status == 201, preview.Body);
        // 10 kWh at 0.31 and at 0.25.
        Assert.Equal(
            ("-0.60", "c-1", "s-1", "12.60", "12.00"),
            (preview.Text("difference"), preview.Text("customers/0/customer"), preview.Text("customers/0/subscriptions/0/subscription"),
            preview.Text("customers/0/subscriptions/0/periods/0/before"), preview.Text("customers/0/subscriptions/0/periods/0/after")));
        Assert.Equal(200, (await caller.PostAsync("/v1/re-ratings", Body)).Status);
        Assert.Equal("12.60", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        for (var i = 0; i < 2; i++)
        {
            var applied = await caller.PostAsync("/v1/re-ratings/june/apply", "");
            Assert.True(applied.Status == 200, applied.Body);
            Assert.Equal("12.00", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        }
        Assert.Equal("applied", (await caller.GetAsync("/v1/re-ratings")).Text("items/0/status"));
        Assert.Equal("-0.60", (await caller.GetAsync("/v1/re-ratings/june")).Text("difference"));
        Assert.Equal(404, (await caller.GetAsync("/v1/re-ratings/july")).Status);
        Assert.True((await caller.PostAsync("/v1/audit", "{}")).Json.GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_a_problem_with_its_place()
    {
        using var caller = await host.NewHomeAsync();
        const string Range = "\"from\": \"2012-06-01T00:00:00Z\", \"to\": \"2012-07-01T00:00:00Z\"";
        (await caller.PostAsync("/v1/re-ratings", $$"""{ "id": "x", "plan": "home", "wrongVersion": 1, {{Range}} }""")).IsProblem(422, "re_rating.choice", "");
        (await caller.PostAsync("/v1/re-ratings", $$"""{ "id": "x", "plan": "home", "wrongVersion": 1, "correctedVersion": 7, {{Range}} }"""))
            .IsProblem(422, "plan.unknown", "/correctedVersion");
        var broken = await caller.PostAsync("/v1/re-ratings", $$"""{ "id": "x", "plan": "home", "wrongVersion": 1, "definition": {}, {{Range}} }""");
        Assert.Equal(422, broken.Status);
        Assert.StartsWith("/definition/", broken.Text("errors/0/pointer"), StringComparison.Ordinal);
    }
}
