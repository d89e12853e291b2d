using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>The cheapest plan for a customer's subscriptions, by their real usage of June 2026.</summary>
public sealed class FleetWhatIfTests
{
    private const string At20 = "2026-06-20T00:00:00Z";

    [Fact]
    public async Task All_on_one_plan_each_on_its_cheapest_and_each_device_alone()
    {
        await using var cluster = await Prepared();

        var view = Ok(await WhatIf(cluster, [], perDevice: true));

        // light: 5 + 0.5 a MB, heavy: 20 + 0.1 a MB. little 10 MB: 10.00 or 21.00; much 100 MB: 55.00 or 30.00.
        Assert.Equal((65m, 40m, 4L), (view.Total, view.Best, view.Events));
        Assert.Equal(["heavy 51 True 1", "light 65 True 0", "data-less 0 False 0"],
            view.Plans.Select(p => $"{p.Plan} {p.Total:0.##} {p.IsComplete} {p.CheapestFor}"));
        Assert.Equal([KeyValuePair.Create("rating.no_charge_for_meter", 4L)], view.Plans[2].Unrated);
        Assert.Equal(["little", "much"], view.Subscriptions.Select(s => s.Subscription));
        Assert.Equal(["later"], view.Skipped);
        // d2 had 98 MB of much, d3 2 MB.
        Assert.Equal(
            ["d2 data-less 0, heavy 29.8, light 54", "d3 data-less 0, heavy 20.2, light 6"],
            view.Subscriptions[1].Devices!.Select(d => $"{d.Device} {string.Join(", ", d.Plans.Select(p => $"{p.Plan} {p.Total:0.##}"))}"));
    }

    [Fact]
    public async Task Each_subscription_is_what_it_is_when_asked_for_alone()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await cluster.SendAsync("t", Event("late", "d1", "data", "2026-06-09T00:00:00Z", 6m));
        await cluster.RestartAsync();

        var fleet = Ok(await WhatIf(cluster, [Published("heavy"), Published("light")]));

        foreach (var view in fleet.Subscriptions)
        {
            var alone = Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", view.Subscription))
                .WhatIf(new([Published("heavy"), Published("light")], At(At20))));
            Assert.Equal(Text(alone), Text(view));
            Assert.Equal(Text(view.Lines), Text(view.Plans[1].Lines));
        }
        Assert.Equal(5, fleet.Events);
        Assert.Null(fleet.Subscriptions[0].Devices);
        var one = Ok(await WhatIf(cluster, [Published("heavy")], subscriptions: ["much"]));
        Assert.Equal(Text(fleet.Subscriptions[1].Plans[0]), Text(one.Subscriptions.Single().Plans[0]));
    }

    [Fact]
    public async Task A_subscription_with_another_cycle_cannot_have_the_plan_and_the_plan_comes_last()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """
            {"id":"weekly","currency":"EUR","cycle":{"unit":"week","count":1},"charges":[{"id":"fee","kind":"recurring","amount":"1"},
              {"id":"data","meter":"data","unitPrice":"0"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "week", "weekly", "2026-06-01T00:00:00Z");

        var view = Ok(await WhatIf(cluster, [Published("weekly"), Published("light")]));

        Assert.Equal(["weekly  little,much", "light  week"],
            view.Plans.Select(p => $"{p.Plan} {p.Total} {string.Join(',', p.Unfit)}"));
        Assert.Equal(66m, view.Best);
        Assert.Equal([1, 1, 1], view.Subscriptions.Select(s => s.Plans.Length));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_the_place()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """{"id":"dollars","currency":"USD","charges":[{"id":"fee","kind":"recurring","amount":"1"}]}""");

        Assert.Equal(["subscription.unknown /subscriptions/1"], Errors(await WhatIf(cluster, [], subscriptions: ["much", "other"])));
        Assert.Equal(
            ["plan.unknown /plans/0/plan", "subscription.currency /plans/1/plan"],
            Errors(await WhatIf(cluster, [Published("none"), Published("dollars")])));
        Assert.Equal(["what_if.period /at"], Errors(await WhatIf(cluster, [], at: "2020-01-01T00:00:00Z")));
        Assert.Equal(CommandOutcome.NotFound, (await cluster.Customer("t", "nobody").WhatIf(new([], null, [], false))).Outcome);
    }

    [Fact]
    public async Task Too_much_at_once_is_refused_with_a_way_out()
    {
        await using var cluster = await Prepared();
        var plans = Enumerable.Repeat(Published("light"), 50).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(p => cluster.Grains.GetGrain<IPartitionGrain>(p).RegisterDevices(
            "t", [.. Enumerable.Range(0, 500).Select(i => $"many-{i}").Where(d => PartitionMap.Of(EntityKind.Device, "t", d, 4) == p)
                .Select(d => new Contracts.Devices.DeviceSpec(d, null, "much", At("2026-06-02T00:00:00Z")))])));
        Assert.Equal(["what_if.too_many_devices /perDevice"], Errors(await WhatIf(cluster, plans, perDevice: true)));
        Assert.Equal(2, Ok(await WhatIf(cluster, plans)).Subscriptions.Length);

        await Task.WhenAll(Enumerable.Range(0, 99).Select(i => cluster.SubscribeAsync("t", "c", $"s{i}", "light", "2026-06-01T00:00:00Z")));
        Assert.Equal(["what_if.too_many /subscriptions"], Errors(await WhatIf(cluster, plans)));
    }

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", """
            {"id":"light","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"5"},{"id":"data","meter":"data","unitPrice":"0.5"}]}
            """);
        await cluster.PublishAsync("t", """
            {"id":"heavy","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"20"},{"id":"data","meter":"data","unitPrice":"0.1"}]}
            """);
        await cluster.PublishAsync("t", """{"id":"data-less","currency":"EUR","charges":[{"id":"fee","kind":"oneTime","amount":"0"}]}""");
        await cluster.SubscribeAsync("t", "c", "little", "light", "2026-06-01T00:00:00Z");
        await cluster.SubscribeAsync("t", "c", "much", "light", "2026-06-01T00:00:00Z");
        await cluster.SubscribeAsync("t", "c", "later", "light", "2026-08-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d1", "little", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d2", "much", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d3", "much", "2026-06-01T00:00:00Z");
        await cluster.AdvanceAsync("t", "2026-06-25T00:00:00Z");
        var results = await cluster.SendAsync("t",
        [
            Event("e1", "d1", "data", "2026-06-05T00:00:00Z", 10m), Event("e2", "d2", "data", "2026-06-06T00:00:00Z", 90m),
            Event("e3", "d2", "data", "2026-06-07T00:00:00Z", 8m), Event("e4", "d3", "data", "2026-06-08T00:00:00Z", 2m),
        ]);
        Assert.All(results, r => Assert.Null(r.Code));
        return cluster;
    }

    private static Task<CommandResult<FleetWhatIfView>> WhatIf(
        BillingCluster cluster, WhatIfChoice[] plans, string at = At20, string[]? subscriptions = null, bool perDevice = false) =>
        cluster.Customer("t", "c").WhatIf(new(plans, At(at), subscriptions ?? [], perDevice));

    private static WhatIfChoice Published(string plan) => new(plan, null, null);

    private static IEnumerable<string> Errors(CommandResult<FleetWhatIfView> result) => result.Errors.Select(e => $"{e.Code} {e.Pointer}");

    private static string Text(object value) => JsonSerializer.Serialize(value, BillingJson.Options);
}
