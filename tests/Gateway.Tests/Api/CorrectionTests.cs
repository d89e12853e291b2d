using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class CorrectionTests(HostFixture host)
{
    // The plan of the home: 9.50 a month and 0.31 a kWh.
    [Fact]
    public async Task An_event_is_amended_and_voided_in_an_open_period_and_both_versions_are_kept()
    {
        using var caller = await host.NewHomeAsync();
        var position = (await caller.ReportAsync("e-1", "10")).Text("results/0/position");
        var amended = await caller.PostAsync(
            "/v1/devices/meter-17/usage/e-1/amend",
            $$"""{ "id": "fix-1", "reason": "read wrongly", "value": "20", "position": "{{position}}" }""");
        Assert.True(amended.Status == 201, amended.Body);
        Assert.Equal(("10", "20", position), (amended.Text("before/value"), amended.Text("after/value"), amended.Text("eventPosition")));
        Assert.Equal("15.70", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        Assert.Equal("1", (await caller.ReportAsync("e-1", "10")).Text("duplicates"));

        var voided = await caller.PostAsync("/v1/devices/meter-17/usage/e-1/void", """{ "id": "fix-2", "reason": "a test" }""");
        Assert.True(voided.Status == 201, voided.Body);
        Assert.Equal("9.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        var again = await caller.PostAsync("/v1/devices/meter-17/usage/e-1/void", """{ "id": "fix-2", "reason": "a test" }""");
        Assert.Equal((200, voided.Text("position")), (again.Status, again.Text("position")));

        var listed = await caller.GetAsync("/v1/usage/corrections?device=meter-17&event=e-1&limit=1");
        Assert.Equal("fix-1", listed.Text("items/0/id"));
        var rest = await caller.GetAsync($"/v1/usage/corrections?device=meter-17&event=e-1&limit=1&cursor={listed.Text("next")}");
        Assert.Equal(("fix-2", "void", "20"), (rest.Text("items/0/id"), rest.Text("items/0/action"), rest.Text("items/0/before/value")));
        Assert.Equal(JsonValueKind.Null, rest.Json.GetProperty("next").ValueKind);
        Assert.True((await caller.PostAsync("/v1/audit", "{}")).Json.GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public async Task Of_many_corrections_each_is_answered_by_itself()
    {
        using var caller = await host.NewHomeAsync();
        await caller.ReportAsync("e-1", "10");
        await caller.ReportAsync("e-2", "10");
        var answer = await caller.PostAsync("/v1/usage/corrections", """
            { "corrections": [
              { "id": "a", "device": "meter-17", "event": "e-1", "action": "void", "reason": "a test" },
              { "id": "b", "device": "meter-17", "event": "e-2", "action": "amend", "reason": "wrong", "value": "3", "dimensions": { "zone": "b" } },
              { "id": "c", "device": "meter-17", "event": "e-3", "action": "void", "reason": "unknown" },
              { "id": "d", "device": "meter-17", "event": "e-2", "action": "void" },
              { "id": "a", "device": "meter-17", "event": "e-1", "action": "void", "reason": "a test" },
              { "id": "f", "device": "meter-17", "event": "e-2", "action": "amend", "reason": "x", "dimensions": [], "position": "1" } ] }
            """);
        Assert.Equal(("2", "1", "3"), (answer.Text("corrected"), answer.Text("unchanged"), answer.Text("refused")));
        Assert.Equal(("usage.unknown", "/corrections/2/event"), (answer.Text("results/2/errors/0/code"), answer.Text("results/2/errors/0/pointer")));
        Assert.Equal(("json.required", "/corrections/3/reason"), (answer.Text("results/3/errors/0/code"), answer.Text("results/3/errors/0/pointer")));
        Assert.Equal("usage.dimensions_invalid", answer.Text("results/5/errors/0/code"));
        Assert.Equal("/corrections/5/position", answer.Text("results/5/errors/1/pointer"));
        // 9.50 and 3 kWh.
        Assert.Equal("10.43", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task What_cannot_be_corrected_is_a_problem_with_its_place()
    {
        using var caller = await host.NewHomeAsync();
        await caller.ReportAsync("e-1", "10");
        const string E1 = "/v1/devices/meter-17/usage/e-1";
        (await caller.PostAsync($"{E1}/void", """{ "id": "x" }""")).IsProblem(422, "json.required", "/reason");
        (await caller.PostAsync($"{E1}/void", """{ "id": "x", "reason": "y", "value": "1" }""")).IsProblem(422, "json.unknown_property", "/value");
        (await caller.PostAsync($"{E1}/amend", """{ "id": "x", "reason": "y" }""")).IsProblem(422, "correction.nothing_to_amend", "");
        (await caller.PostAsync($"{E1}/amend", """{ "id": "x", "reason": "y", "value": "-1" }""")).IsProblem(422, "usage.negative_quantity", "/value");
        Assert.Equal(404, (await caller.PostAsync("/v1/devices/meter-17/usage/e-9/void", """{ "id": "x", "reason": "y" }""")).Status);
        Assert.Equal(404, (await caller.PostAsync("/v1/devices/nobody/usage/e-1/void", """{ "id": "x", "reason": "y" }""")).Status);
        Assert.Equal(201, (await caller.PostAsync($"{E1}/void", """{ "id": "x", "reason": "y" }""")).Status);
        (await caller.PostAsync($"{E1}/void", """{ "id": "x", "reason": "z" }""")).IsProblem(409, "correction.conflict", "/id");
        (await caller.PostAsync($"{E1}/void", """{ "id": "w", "reason": "z" }""")).IsProblem(409, "correction.voided", "/event");
    }
}
