using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class PoolTests(HostFixture host)
{
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
