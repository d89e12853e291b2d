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
    public async Task A_cursor_that_is_none_of_ours_and_an_unknown_property_are_refused()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/quarantine/release", """{ "cursor": "nonsense" }""")).IsProblem(422, "request.parameter_invalid", "/cursor");
        (await caller.PostAsync("/v1/quarantine/release", """{ "everything": true }""")).IsProblem(422, "json.unknown_property", "/everything");
    }
}
