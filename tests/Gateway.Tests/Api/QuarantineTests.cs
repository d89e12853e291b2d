using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class QuarantineTests(HostFixture host)
{
    [Fact]
    public async Task Events_of_a_device_without_a_subscription_are_billed_once_it_has_one()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/devices", """{ "id": "loose" }""");
        Assert.Equal("1", (await caller.ReportAsync("q-1", "10", device: "loose")).Text("quarantined"));

        var kept = await caller.PostAsync("/v1/quarantine/release", "{}");
        Assert.Equal(("1", "0", "1"), (kept.Text("examined"), kept.Text("released"), kept.Text("kept")));
        Assert.Equal("usage.unassigned", kept.Text("results/0/reason"));
        Assert.Equal(1, kept.Json.GetProperty("keptByReason").GetProperty("usage.unassigned").GetInt32());

        var moved = await caller.PostAsync("/v1/devices/loose/assignments", """{ "subscription": "s-1", "from": "2012-06-01T00:00:00Z" }""");
        Assert.True(moved.Status == 200, moved.Body);
        var released = await caller.PostAsync("/v1/quarantine/release", """{ "device": "loose", "reason": "usage.unassigned" }""");
        Assert.Equal(("1", "0"), (released.Text("released"), released.Text("late")));
        Assert.Null(released.TextOrNull("next"));
        // 9.50 and 10 kWh at 0.31.
        Assert.Equal("12.60", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        Assert.Equal("0", (await caller.PostAsync("/v1/quarantine/release", "{}")).Text("examined"));
        Assert.Empty((await caller.GetAsync("/v1/quarantine")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Events_are_listed_by_reason_and_meter_mended_one_by_one_and_discarded_together()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/devices", """{ "id": "loose" }""");
        for (var i = 1; i <= 3; i++)
        {
            await caller.ReportAsync($"q-{i}", "10", device: "loose");
        }
        await caller.ReportAsync("old", "10", time: "2011-06-02T08:00:00Z");
        Assert.Equal(["old"], await ListedAsync(caller, "reason=usage.too_old"));
        Assert.Equal(["q-1", "q-2", "q-3"], await ListedAsync(caller, "reason=usage.unassigned&meter=energy"));
        Assert.Empty(await ListedAsync(caller, "meter=other"));
        var page = await caller.GetAsync("/v1/quarantine?reason=usage.unassigned&limit=2");
        var rest = await caller.GetAsync($"/v1/quarantine?reason=usage.unassigned&limit=2&cursor={page.Text("next")}");
        Assert.Equal(("q-1", "q-2", "q-3"), (page.Text("items/0/id"), page.Text("items/1/id"), rest.Text("items/0/id")));

        // The time was wrong: with the right one it is billed. 9.50 and 10 kWh at 0.31.
        var mended = await caller.PostAsync(
            "/v1/devices/meter-17/usage/old/amend", """{ "id": "year", "reason": "the clock of the meter", "time": "2012-06-02T08:00:00Z" }""");
        Assert.Equal((201, "usage.too_old"), (mended.Status, mended.Text("before/quarantine")));
        Assert.Equal("12.60", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        Assert.Equal("1", (await caller.ReportAsync("old", "10", time: "2011-06-02T08:00:00Z")).Text("duplicates"));

        const string Discard = """{ "id": "clean", "reason": "test devices", "quarantined": "usage.unassigned" }""";
        var discarded = await caller.PostAsync("/v1/quarantine/discard", Discard);
        Assert.Equal(("3", "0", "q-1"), (discarded.Text("discarded"), discarded.Text("refused"), discarded.Text("results/0/id")));
        Assert.Equal("0", (await caller.PostAsync("/v1/quarantine/discard", Discard)).Text("discarded"));
        var released = await caller.PostAsync("/v1/quarantine/release", "{}");
        Assert.Equal(("0", "0"), (released.Text("examined"), released.Text("remaining")));
        Assert.Equal("1", (await caller.ReportAsync("q-1", "10", device: "loose")).Text("duplicates"));
        Assert.True((await caller.PostAsync("/v1/audit", "{}")).Json.GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public async Task A_discard_says_what_it_is_about()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/quarantine/discard", """{ "id": "all", "reason": "x" }""")).IsProblem(422, "quarantine.filter_required", "");
        (await caller.PostAsync("/v1/quarantine/discard", """{ "id": "all", "device": "d" }""")).IsProblem(422, "json.required", "/reason");
    }

    private static async Task<string[]> ListedAsync(Caller caller, string query) =>
        [.. (await caller.GetAsync($"/v1/quarantine?{query}")).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetString()!)];

    [Fact]
    public async Task A_cursor_that_is_none_of_ours_and_an_unknown_property_are_refused()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/quarantine/release", """{ "cursor": "nonsense" }""")).IsProblem(422, "request.parameter_invalid", "/cursor");
        (await caller.PostAsync("/v1/quarantine/release", """{ "everything": true }""")).IsProblem(422, "json.unknown_property", "/everything");
    }
}
