using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Subscriptions moved to another version of their plan, over HTTP.</summary>
[Collection(HostCollection.Name)]
public sealed class MigrationTests(HostFixture host)
{
    [Fact]
    public async Task It_is_previewed_read_again_and_applied_once()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/subscriptions", """{ "id": "s-9", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z" }""");
        var first = (await caller.GetAsync("/v1/plans/home")).Json.GetProperty("definition").GetRawText();
        await caller.CreateAsync("/v1/plans", first.Replace("9.5", "8.5", StringComparison.Ordinal));
        const string Body = """{ "id": "july", "fromVersion": 1, "keep": ["s-9"] }""";

        var preview = await caller.CreateAsync("/v1/plans/home/migrations", Body);

        Assert.Equal(
            ("previewed", "2", "1", "1", "s-1", "ready", "2012-07-01T00:00:00Z", "kept"),
            (preview.Text("status"), preview.Text("toVersion"), preview.Text("ready"), preview.Text("kept"), preview.Text("items/0/subscription"),
            preview.Text("items/0/outcome"), preview.Text("items/0/effectiveAt"), preview.Text("items/1/outcome")));
        Assert.Equal(200, (await caller.PostAsync("/v1/plans/home/migrations", Body)).Status);
        for (var i = 0; i < 2; i++)
        {
            var applied = await caller.PostAsync("/v1/plans/home/migrations/july/apply", "");
            Assert.Equal((200, "applied", "1"), (applied.Status, applied.Text("status"), applied.Text("scheduled")));
        }
        Assert.Equal("applied", (await caller.GetAsync("/v1/plans/home/migrations")).Text("items/0/status"));
        Assert.Equal("scheduled", (await caller.GetAsync("/v1/plans/home/migrations/july")).Text("items/0/outcome"));
        Assert.Equal("migration:july", (await caller.GetAsync("/v1/subscriptions/s-1")).Text("changes/0/id"));
        await caller.PostAsync("/v1/clock/advance", """{ "to": "2012-07-02T00:00:00Z" }""");
        Assert.Equal("18.00", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task What_makes_no_sense_is_a_problem_with_its_place()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/plans/none/migrations", """{ "id": "m", "fromVersion": 1 }""")).IsProblem(404, "plan.unknown");
        (await caller.GetAsync("/v1/plans/none/migrations")).IsProblem(404, "plan.unknown");
        (await caller.PostAsync("/v1/plans/home/migrations", """{ "id": "m", "fromVersion": 7 }""")).IsProblem(422, "plan.unknown", "/fromVersion");
        (await caller.PostAsync("/v1/plans/home/migrations", """{ "id": "m", "fromVersion": 1 }""")).IsProblem(422, "plan.unknown", "/toVersion");
        (await caller.PostAsync("/v1/plans/home/migrations", """{ "id": "m" }""")).IsProblem(422, "json.required", "/fromVersion");
        (await caller.PostAsync("/v1/plans/home/migrations", """{ "id": "m", "fromVersion": 1, "agreedTerms": "some" }"""))
            .IsProblem(422, "migration.agreed_terms", "/agreedTerms");
        (await caller.PostAsync("/v1/plans/home/migrations", $$"""{ "id": "{{new string('m', 101)}}", "fromVersion": 1 }"""))
            .IsProblem(422, "migration.id_too_long", "/id");
        (await caller.GetAsync("/v1/plans/home/migrations/m")).IsProblem(404, "migration.unknown");
        (await caller.PostAsync("/v1/plans/home/migrations/m/apply", "")).IsProblem(404, "migration.unknown");
    }
}
