using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class PoolTests(HostFixture host)
{
    [Fact]
    public async Task Every_allowance_of_a_charge_is_shown_with_what_was_carried_over()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "stacked", "currency": "EUR", "charges": [ { "id": "data", "meter": "energy", "unitPrice": "1", "poolLimitPerDevice": "30",
              "allowances": [ { "id": "own", "kind": "device", "perDevice": "5" },
                { "id": "pool", "name": "Pool", "kind": "fixed", "quantity": "20", "rollOver": { "periods": 2 } } ] } ] }
            """);
        await caller.CreateAsync("/v1/subscriptions", """
            { "id": "s-3", "customer": "c-1", "plan": "stacked", "start": "2012-05-01T00:00:00Z" }
            """);
        await caller.CreateAsync("/v1/devices", """{ "id": "x", "subscription": "s-3" }""");
        Assert.Equal("1", (await caller.ReportAsync("p-x", "40", device: "x")).Text("accepted"));

        // 5 of its own, 30 of the pool's 20 and of May's 20, 5 beyond its limit.
        var pool = await caller.GetAsync("/v1/subscriptions/s-3/pools/data");
        Assert.Equal(
            ("device", "5", "5", "Pool", "fixed", "20", "20", "30", "10"),
            (pool.Text("allowances/0/kind"), pool.Text("allowances/0/own"), pool.Text("allowances/0/used"), pool.Text("allowances/1/name"),
                pool.Text("allowances/1/kind"), pool.Text("allowances/1/own"), pool.Text("allowances/1/carriedIn"),
                pool.Text("allowances/1/used"), pool.Text("allowances/1/left")));
        Assert.Equal(("2012-05-01T00:00:00Z", "20"), (pool.Text("allowances/1/carried/0/periodStart"), pool.Text("allowances/1/carried/0/quantity")));
        Assert.Equal(("5", "5", "5.00"), (pool.Text("members/0/own"), pool.Text("members/0/beyondLimit"), pool.Text("members/0/share")));
        Assert.Equal(("5", "5.00"), (pool.Text("overage"), pool.Text("amount")));
    }

    [Fact]
    public async Task A_pool_is_read_page_by_page_with_shares_that_add_up()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "fleet", "currency": "EUR", "charges": [
              { "id": "data", "meter": "energy", "unitPrice": "1", "allowance": { "perDevice": "10" } } ] }
            """);
        await caller.CreateAsync("/v1/subscriptions", """
            { "id": "s-2", "customer": "c-1", "plan": "fleet", "start": "2012-06-01T00:00:00Z" }
            """);
        foreach (var (device, used) in new[] { ("a", "5"), ("b", "20"), ("c", "15") })
        {
            await caller.CreateAsync("/v1/devices", $$"""{ "id": "{{device}}", "subscription": "s-2" }""");
            Assert.Equal("1", (await caller.ReportAsync("p-" + device, used, device: device)).Text("accepted"));
        }

        var first = await caller.GetAsync("/v1/subscriptions/s-2/pools/data?limit=2");
        Assert.Equal(("30", "40", "10", "10.00"), (first.Text("included"), first.Text("used"), first.Text("overage"), first.Text("amount")));
        Assert.Equal(("0.00", "6.67"), (first.Text("members/0/share"), first.Text("members/1/share")));
        var second = await caller.GetAsync("/v1/subscriptions/s-2/pools/data?limit=2&cursor=" + first.Text("next"));
        Assert.Equal(("c", "3.33"), (second.Text("members/0/device"), second.Text("members/0/share")));
        Assert.Null(second.TextOrNull("next"));

        (await caller.GetAsync("/v1/subscriptions/nobody/pools/data")).IsProblem(404, "subscription.unknown");
        (await caller.GetAsync("/v1/subscriptions/s-2/pools/none")).IsProblem(422, "pool.unknown", "/charge");
        (await caller.GetAsync("/v1/subscriptions/s-2/pools/data?split=last")).IsProblem(422, "request.parameter_invalid");
    }
}
