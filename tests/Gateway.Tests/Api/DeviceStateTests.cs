using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>The life of a device over HTTP.</summary>
[Collection(HostCollection.Name)]
public sealed class DeviceStateTests(HostFixture host)
{
    private const string Plan = """
        { "id": "sims", "currency": "EUR", "charges": [
          { "id": "sim", "kind": "recurring", "per": "device", "amount": "3" },
          { "id": "activation", "kind": "oneTime", "per": "device", "amount": "5", "fromStates": ["inventory", "test", "activationReady"],
            "states": ["active"] },
          { "id": "energy", "meter": "energy", "unitPrice": "0.31" } ],
          "deviceStates": [
            { "state": "test", "free": [ { "meter": "energy", "quantity": "2" } ], "activateAfterDays": 30 },
            { "state": "activationReady", "activateAfterMonths": 6 } ] }
        """;

    [Fact]
    public async Task A_device_is_registered_tried_out_and_active_when_it_uses_more_than_is_free()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", Plan);
        await caller.CreateAsync("/v1/subscriptions", """{ "id": "s-2", "customer": "c-1", "plan": "sims", "start": "2012-06-01T00:00:00Z" }""");
        var batch = await caller.PostAsync("/v1/devices/batch", """
            { "devices": [ { "id": "sim-1", "subscription": "s-2", "state": "test" },
              { "id": "sim-2", "subscription": "s-2", "state": "activationReady" }, { "id": "sim-3", "state": "lost" } ] }
            """);
        Assert.Equal(("2", "1"), (batch.Text("registered"), batch.Text("refused")));
        Assert.Equal(
            ("device.state_unknown", "/devices/2/state"), (batch.Text("results/2/errors/0/code"), batch.Text("results/2/errors/0/pointer")));

        Assert.Equal("accepted", (await caller.ReportAsync("e-1", "1.5", device: "sim-1")).Text("results/0/status"));
        var tried = await caller.GetAsync("/v1/devices/sim-1");
        Assert.Equal(
            ("test", "2012-07-01T00:00:00Z", "2", "1.5"),
            (tried.Text("states/0/state"), tried.Text("states/0/activatesAt"), tried.Text("states/0/free/0/quantity"),
            tried.Text("states/0/free/0/used")));
        // The home's 9.50; nothing of the devices yet.
        Assert.Equal("9.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        var whatIf = await caller.PostAsync("/v1/subscriptions/s-2/what-if", """{ "plans": [ { "plan": "home" } ] }""");
        Assert.Equal(("1", "9.50"), (whatIf.Text("events"), whatIf.Text("plans/0/total")));

        await caller.ReportAsync("e-2", "1", device: "sim-1", time: "2012-06-02T12:00:00Z");
        var active = await caller.GetAsync("/v1/devices/sim-1");
        Assert.Equal(
            ("active", "2012-06-02T12:00:00Z", "true"), (active.Text("states/1/state"), active.Text("states/1/from"), active.Text("states/1/automatic")));
        // 29 of 30 days of 3.00, 5.00, 1 kWh at 0.31: 8.21.
        Assert.Equal("17.71", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        (await caller.PostAsync("/v1/devices/sim-1/usage/e-1/void", """{ "id": "v-1", "reason": "a test" }""")).IsProblem(409, "correction.in_test");
        (await caller.PostAsync("/v1/devices/sim-1/usage/e-2/amend", """{ "id": "v-2", "reason": "a test", "time": "2012-06-01T12:00:00Z" }"""))
            .IsProblem(422, "correction.not_active", "/time");
        (await caller.PostAsync("/v1/devices/sim-1/state", """{ "state": "inventory", "from": "2012-06-03T00:00:00Z" }"""))
            .IsProblem(409, "device.transition", "/state");
        Assert.Equal(200, (await caller.PostAsync("/v1/devices/sim-1/state", """{ "state": "suspended", "from": "2012-06-03T00:00:00Z" }""")).Status);
        Assert.Equal("true", (await caller.PostAsync("/v1/audit", "{}")).Text("agrees"));
    }

    [Fact]
    public async Task A_plan_with_a_wrong_rule_is_refused()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/plans", """
            { "id": "sims", "currency": "EUR", "charges": [ { "id": "energy", "meter": "energy", "unitPrice": "0.31" } ],
              "deviceStates": [ { "state": "terminated" } ] }
            """)).IsProblem(422, "plan.device_state_fixed", "/deviceStates/0/state");
    }
}
