using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Real usage of June 2026, under the plan that was in force and under others.</summary>
public sealed class WhatIfTests
{
    /// <summary>Everything that places usage in a way of its own.</summary>
    private const string Everything = """
        {"id":"everything","currency":"EUR","lookups":[{"dimension":"zone","from":"country","values":{"US":"us"}}],"minimum":{"amount":"20"},"discounts":[{"id":"d","percent":"10","periods":1}],"charges":[
          {"id":"sim","kind":"recurring","per":"device","amount":"3"},
          {"id":"card","kind":"oneTime","per":"device","amount":"2"},
          {"id":"paused","kind":"recurring","per":"device","amount":"0.60","states":["suspended"]},
          {"id":"off","kind":"oneTime","per":"device","states":["suspended"],"fromStates":["active"],"amount":"1"},
          {"id":"data","meter":"data","unitPrice":"0.05","allowance":{"perDevice":"10"},"perEvent":{"roundTo":"0.5"}},
          {"id":"rounded","meter":"data","unitPrice":"0.01","perDevice":{"roundTo":"7"}},
          {"id":"zones","meter":"data","model":"matrix","matrix":{"dimensions":["zone"],"counters":"shared",
            "rows":[{"keys":{"zone":"us"},"model":"graduated","tiers":[{"upTo":"5","unitPrice":"1"},{"unitPrice":"0.8"}]}],
            "otherwise":{"unitPrice":"2"}}},
          {"id":"times","meter":"data","timeOfUse":{"windows":[{"name":"day","from":"08:00","to":"20:00","unitPrice":"0.3"}],
            "otherwise":{"unitPrice":"0.1"}}},
          {"id":"peak","meter":"load","unitPrice":"1.10"},
          {"id":"own","meter":"own","unitPrice":"0.07"},
          {"id":"register","meter":"register","unitPrice":"0.2"}]}
        """;

    [Fact]
    public async Task The_plan_in_force_comes_to_the_very_lines_that_are_billed()
    {
        await using var cluster = await Prepared();

        var view = Ok(await WhatIf(cluster, "2026-06-20T00:00:00Z", Published("everything")));

        Assert.Equal(9, view.Events);
        Assert.Equal(Text(view.Lines), Text(view.Plans.Single().Lines));
        Assert.Equal(view.Total, view.Plans.Single().Total);
        Assert.Empty(view.Plans.Single().Unrated);
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(Text(bill.Lines), Text(view.Lines));
        // Late usage is in its own period, whatever invoice bills it.
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await cluster.SendAsync("t", Event("late", "d1", "data", "2026-06-09T00:00:00Z", 6m, ("zone", "us")));
        await cluster.RestartAsync();
        view = Ok(await WhatIf(cluster, "2026-06-20T00:00:00Z", Published("everything")));
        Assert.Equal(10, view.Events);
        Assert.Equal(Text(view.Lines), Text(view.Plans.Single().Lines));
    }

    [Fact]
    public async Task Other_plans_price_the_same_usage_and_say_what_they_have_no_price_for()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """
            {"id":"flat","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"12"},{"id":"data","meter":"data","unitPrice":"0.5"},
              {"id":"load","meter":"load","unitPrice":"0"},{"id":"own","meter":"own","unitPrice":"0"},
              {"id":"register","meter":"register","unitPrice":"0"}]}
            """);
        await cluster.PublishAsync("t", """
            {"id":"data-only","currency":"EUR","charges":[{"id":"data","meter":"data","where":{"zone":["us"]},"unitPrice":"1"}]}
            """);
        await cluster.PublishAsync("t", """{"id":"dollars","currency":"USD","charges":[{"id":"fee","kind":"recurring","amount":"1"}]}""");
        await cluster.PublishAsync("t", """
            {"id":"weekly","currency":"EUR","cycle":{"unit":"week","count":1},"charges":[{"id":"fee","kind":"recurring","amount":"1"}]}
            """);

        var all = Ok(await WhatIf(cluster, "2026-06-20T00:00:00Z"));

        // 12 + (4.2 + 13 + 9.9) × 0.5 = 25.55; in zone us were 4.2: no table says that of a country there.
        Assert.Equal(
            ["data-only 4.2 rating.no_charge_for_meter=6", $"everything {all.Total:0.##} ", "flat 25.55 "],
            all.Plans.Select(p => $"{p.Plan} {p.Total:0.##} {string.Join(',', p.Unrated.Select(u => $"{u.Key}={u.Value}"))}"));
    }

    [Fact]
    public async Task Usage_that_comes_in_meanwhile_is_no_gap_in_the_archive()
    {
        await using var cluster = await Prepared();
        using var stop = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await cluster.SendAsync("t", [.. Enumerable.Range(0, 3).Select(i => Event($"m{n}", $"d{i + 1}", "data", "2026-06-05T00:00:00Z", 1m))]);
            }
        });

        var seen = 0L;
        for (var asked = 0; asked < 30; asked++)
        {
            var events = Ok(await WhatIf(cluster, "2026-06-20T00:00:00Z", Published("everything"))).Events;
            Assert.InRange(events, seen, long.MaxValue);
            seen = events;
        }
        await stop.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task A_changed_period_is_compared_as_a_whole_and_a_plan_need_not_be_published()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """
            {"id":"later","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"30"},{"id":"sim","kind":"recurring","per":"device",
              "amount":"3","states":["active","suspended"]}]}
            """);
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .Change(new("up", "later", null, ChangeWhen.At, At("2026-06-25T00:00:00Z"))));
        var draft = PlanJson.Parse("""
            {"id":"draft","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"60"},{"id":"sim","kind":"recurring","per":"device",
              "amount":"6"}]}
            """).Plan;

        var view = Ok(await WhatIf(cluster, "2026-06-20T00:00:00Z", new(null, null, draft), Published("later")));

        // d1 all month, d2 until the 21st when it is suspended, d3 until the 11th: 30 + 20 + 10 days of 6.00; suspended 10 days more at 3.00.
        Assert.Equal(["draft 0 72", "later 1 37"], view.Plans.Select(p => $"{p.Plan} {p.PlanVersion} {p.Total:0.##}"));
        Assert.Contains(view.Lines, line => line.Plan == "later");
        Assert.Null(await cluster.Grains.GetGrain<Contracts.Pricing.ICatalogueGrain>("t").GetPlan("draft", null));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_the_place()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """{"id":"dollars","currency":"USD","charges":[{"id":"fee","kind":"recurring","amount":"1"}]}""");
        var broken = PlanJson.Parse("""{"id":"x","currency":"EUR","charges":[{"id":"a","meter":"nothing","unitPrice":"1"}]}""").Plan;

        var refused = await WhatIf(cluster, "2026-06-20T00:00:00Z", Published("none"), Published("dollars"), new(null, null, broken));
        Assert.Equal(
            ["plan.unknown /plans/0/plan", "subscription.currency /plans/1/plan", "plan.meter_unknown /plans/2/definition/charges/0/meter"],
            refused.Errors.Select(e => $"{e.Code} {e.Pointer}"));
        Assert.Equal("what_if.period", (await WhatIf(cluster, "2026-05-20T00:00:00Z")).Errors.Single().Code);
        var nobody = await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "nobody")).WhatIf(new([], null));
        Assert.Equal(CommandOutcome.NotFound, nobody.Outcome);
    }

    private static WhatIfChoice Published(string plan) => new(plan, null, null);

    private static Task<CommandResult<WhatIfView>> WhatIf(BillingCluster cluster, string at, params WhatIfChoice[] plans) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).WhatIf(new(plans, At(at)));

    private static string Text(IEnumerable<InvoiceLine> lines) => JsonSerializer.Serialize(lines, BillingJson.Options);

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-22T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.DefineMeterAsync("t", "register", "kWh", new CumulativeRegister(null));
        await cluster.DefineMeterAsync("t", new MeterDefinition("load", "load", "kW", "max", null));
        await cluster.DefineMeterAsync("t", new MeterDefinition("own", "own", "kW", "max", null) { Per = "device" });
        await cluster.PublishAsync("t", Everything);
        await cluster.SubscribeAsync("t", "c", "s", "everything", "2026-06-01T00:00:00Z");
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        await cluster.Device("t", "d2").SetState("suspended", At("2026-06-21T00:00:00Z"));
        await cluster.SendAsync("t", [
            Event("a", "d1", "data", "2026-06-02T10:00:00Z", 4.2m, ("zone", "us")), Event("b", "d2", "data", "2026-06-03T23:00:00Z", 13m, ("zone", "fr")),
            Event("c", "d3", "data", "2026-06-04T10:00:00Z", 9.9m, ("country", "US")), Event("p", "d1", "load", "2026-06-05T00:00:00Z", 3m),
            Event("q", "d2", "load", "2026-06-05T00:00:00Z", 8m), Event("o", "d1", "own", "2026-06-05T00:00:00Z", 3m),
            Event("w", "d2", "own", "2026-06-05T00:00:00Z", 8m), Event("r1", "d1", "register", "2026-06-05T00:00:00Z", 100m),
            Event("r2", "d1", "register", "2026-06-06T00:00:00Z", 130m)]);
        await cluster.Device("t", "d3").Assign(null, At("2026-06-11T00:00:00Z"));
        return cluster;
    }
}
