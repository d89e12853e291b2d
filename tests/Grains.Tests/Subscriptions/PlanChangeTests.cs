using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>June 2026 has 30 days: the examples of semantics.md section 2 (30.00, changed to 60.00).</summary>
public sealed class PlanChangeTests
{
    private const string Small = """
        {"id":"small","name":"Small","currency":"EUR","charges":[
          {"id":"base","name":"Base","kind":"recurring","amount":"30.00"},
          {"id":"use","name":"Use","meter":"m","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1.00"},{"unitPrice":"0.10"}]}]}
        """;

    private const string Large = """
        {"id":"large","name":"Large","currency":"EUR","charges":[
          {"id":"base","name":"Base","kind":"recurring","amount":"60.00"},
          {"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.50"},
          {"id":"other","name":"Other","meter":"n","model":"perUnit","unitPrice":"2"},
          {"id":"once","name":"Once","kind":"oneTime","amount":"5.00"}]}
        """;

    private const string BySecond = """
        {"id":"NAME","name":"S","currency":"EUR","charges":[
          {"id":"base","name":"Base","kind":"recurring","amount":"AMOUNT","proration":"second"}]}
        """;

    [Fact]
    public async Task Each_part_of_a_period_is_billed_by_its_own_plan_whatever_is_restarted_and_lines_open_to_their_events()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        await cluster.SendAsync("t", [.. Enumerable.Range(0, 4).Select(i => Event($"a{i}", $"d{i}", "m", "2026-06-05T00:00:00Z", 3m))]);
        var change = await Change(cluster, new("c1", "large", null, ChangeWhen.At, At("2026-06-11T00:00:00Z")));
        Assert.Equal(CommandOutcome.Created, change.Outcome);
        Assert.Equal(("scheduled", At("2026-06-11T00:00:00Z")), (change.Value!.Status, change.Value.EffectiveAt));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.AdvanceAsync("t", "2026-06-12T00:00:00Z");
        // The instant itself belongs to what begins; late-comers from before it belong to what ended.
        await cluster.SendAsync("t", [.. Enumerable.Range(0, 4).SelectMany(i => new[]
        {
            Event($"b{i}", $"d{i}", "m", "2026-06-11T00:00:00Z", 10m), Event($"c{i}", $"d{i}", "m", "2026-06-10T23:59:59.9999999Z", 2m),
            Event($"n{i}", $"d{i}", "n", "2026-06-11T12:00:00Z", 1m),
        })]);
        var before = Text(await cluster.BillAsync("t", "c"));
        await cluster.RestartAsync();
        Assert.Equal(before, Text(await cluster.BillAsync("t", "c")));

        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        var invoice = Assert.Single((await cluster.Customer("t", "c").Invoices(null, 10)).Items);
        // 10 days of 30.00; 12 + 8 = 20 units: 10 × 1.00 + 10 × 0.10. 20 days of 60.00; 40 × 0.50; 4 × 2.
        Assert.Equal(
            ["base 10.00 small", "use 11.00 small", "base 40.00 large", "use 20.00 large", "other 8.00 large", "once 5.00 large"],
            invoice.Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan}"));
        Assert.All(invoice.Lines.Take(2), l => Assert.Equal(At("2026-06-11T00:00:00Z"), l.PeriodEnd));
        Assert.All(invoice.Lines.Skip(2), l => Assert.Equal(At("2026-06-11T00:00:00Z"), l.PeriodStart));
        Assert.Equal(["a0", "a1", "a2", "a3", "c0", "c1", "c2", "c3"], await Behind(cluster, invoice, 2));
        Assert.Equal(["b0", "b1", "b2", "b3"], await Behind(cluster, invoice, 4));
        var usage = (await cluster.Device("t", "d1").Usage(null, null))!.Rows;
        Assert.Equal([("m", 15m, 3), ("n", 1m, 1)], usage.Select(r => (r.Meter, r.Quantity, (int)r.Events)));

        // Late usage of both parts of the closed period: 20 -> 24 units at 0.10, 40 -> 44 at 0.50.
        await cluster.SendAsync("t", [
            Event("late1", "d1", "m", "2026-06-10T00:00:00Z", 4m), Event("late2", "d2", "m", "2026-06-20T00:00:00Z", 4m)]);
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        var july = (await cluster.Customer("t", "c").Invoices(null, 1)).Items[0];
        Assert.Equal(
            ["base 60.00  recurring", "use 0.40 small lateUsage", "use 2.00 large lateUsage"],
            july.Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan} {l.Kind}"));
        Assert.Equal(["late1"], await Behind(cluster, july, 2));
        Assert.Equal(["late2"], await Behind(cluster, july, 3));
        await Agrees(cluster);
    }

    [Fact]
    public async Task By_second_the_hours_of_the_day_of_the_change_count()
    {
        await using var cluster = await Prepared();
        foreach (var (name, amount) in new[] { ("s30", "30.00"), ("s60", "60.00") })
        {
            await cluster.PublishAsync("t", BySecond.Replace("NAME", name, StringComparison.Ordinal).Replace("AMOUNT", amount, StringComparison.Ordinal));
        }
        await cluster.SubscribeAsync("t", "c2", "x", "s30", "2026-06-01T00:00:00Z");
        await Change(cluster, new("c1", "s60", null, ChangeWhen.At, At("2026-06-11T12:00:00Z")), "x");
        Assert.Equal(["base 10.50 s30", "base 39.00 s60"],
            (await cluster.BillAsync("t", "c2")).Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan}"));
    }

    [Fact]
    public async Task Now_begins_after_usage_that_is_rated_and_an_instant_before_it_is_refused_with_the_earliest()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-11T00:00:00Z");
        await cluster.SendAsync("t", [
            Event("a", "d1", "m", "2026-06-11T00:02:00Z", 1m), Event("b", "d2", "m", "2026-06-11T00:01:00Z", 1m)]);
        var early = await Change(cluster, new("c0", "large", null, ChangeWhen.At, At("2026-06-11T00:01:30Z")));
        Assert.Equal((CommandOutcome.Conflict, "subscription.change_too_early"), (early.Outcome, early.Errors[0].Code));
        Assert.Contains("2026-06-11T00:02:00.0000001Z", early.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(UsageStatus.Accepted, (await cluster.SendAsync("t", Event("c", "d3", "m", "2026-06-11T00:01:45Z", 1m))).Status);

        var now = await Change(cluster, new("c1", "large", null, ChangeWhen.Now, null));
        Assert.Equal(At("2026-06-11T00:02:00Z") + Duration.FromTicks(1), now.Value!.EffectiveAt);
        Assert.Equal(CommandOutcome.Unchanged, (await Change(cluster, new("c1", "large", null, ChangeWhen.Now, null))).Outcome);
        Assert.Equal("subscription.change_exists", (await Change(cluster, new("c1", "small", null, ChangeWhen.Now, null))).Errors[0].Code);
        await cluster.SendAsync("t", [
            Event("e", "d1", "m", "2026-06-11T00:03:00Z", 2m), Event("f", "d2", "m", "2026-06-11T00:02:00Z", 1m)]);
        var lines = (await cluster.BillAsync("t", "c")).Lines;
        Assert.Equal(["small 4", "large 2"], lines.Where(l => l.ChargeId == "use").Select(l => $"{l.Plan} {l.Quantity}"));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Usage_that_leaves_the_quarantine_waits_for_a_change_that_is_not_decided_too()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-10T23:58:00Z");
        await cluster.RegisterAsync("t", "stray", null);
        await cluster.SendAsync("t", [
            Event("q1", "stray", "m", "2026-06-11T00:00:30Z", 7m), Event("q2", "stray", "m", "2026-06-10T12:00:00Z", 3m)]);
        Ok(await cluster.Device("t", "stray").Assign("s", At("2026-06-01T00:00:00Z")));
        var at = At("2026-06-11T00:00:00Z");
        var owner = PartitionMap.Of(EntityKind.Subscription, "t", "s", BillingCluster.Partitions);
        await new Undecided(cluster, owner).RequestAsync("t", "s", new("c1", "large", 1, ChangeWhen.At, at));
        var home = cluster.Grains.GetGrain<IPartitionGrain>(PartitionMap.Of(EntityKind.Device, "t", "stray", BillingCluster.Partitions));
        await home.HoldUsage(new("t", "s", "c1", 0, at, true));

        var released = await home.ReleaseQuarantine(new("t", "stray", null, null, false, 0, 100));
        Assert.All(released.Results, r => Assert.Null(r.Reason));
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(["small 3", "large 7"], bill.Lines.Where(l => l.ChargeId == "use").Select(l => $"{l.Plan} {l.Quantity}"));
        await Agrees(cluster);
    }

    [Fact]
    public async Task An_event_waits_for_a_change_that_a_crash_left_undecided_and_any_order_gives_one_bill()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-10T23:58:00Z");
        var at = At("2026-06-11T00:00:00Z");
        // As a crash leaves it: the request is logged, every partition holds usage, nothing is decided.
        var owner = PartitionMap.Of(EntityKind.Subscription, "t", "s", BillingCluster.Partitions);
        await new Undecided(cluster, owner).RequestAsync("t", "s", new("c1", "large", 1, ChangeWhen.At, at));
        foreach (var partition in Enumerable.Range(0, BillingCluster.Partitions))
        {
            Assert.Equal(at, await cluster.Grains.GetGrain<IPartitionGrain>(partition).HoldUsage(new("t", "s", "c1", 0, at, true)));
        }
        await cluster.RestartAsync(snapshotAtStop: 1);
        var events = Enumerable.Range(0, 8).SelectMany(i => new[]
        {
            Event($"x{i}", $"d{i}", "m", "2026-06-11T00:00:00Z", 1m), Event($"y{i}", $"d{i}", "m", "2026-06-10T23:59:59Z", 5m),
            Event($"z{i}", $"d{i}", "m", "2026-06-11T00:01:00Z", 2m),
        }).ToArray();
        await Task.WhenAll(events.Chunk(3).Select(some => cluster.SendAsync("t", some)));

        await using var other = await Prepared();
        await other.AdvanceAsync("t", "2026-06-10T23:58:00Z");
        await Change(other, new("c1", "large", 1, ChangeWhen.At, at));
        await other.SendAsync("t", [.. events.Reverse()]);
        await other.SendAsync("t", events);
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(["small 40", "large 24"], bill.Lines.Where(l => l.ChargeId == "use").Select(l => $"{l.Plan} {l.Quantity}"));
        Assert.Equal(Text(await other.BillAsync("t", "c")), Text(bill));
        Assert.Equal(CommandOutcome.Unchanged, (await Change(cluster, new("c1", "large", 1, ChangeWhen.At, at))).Outcome);
        await Agrees(cluster);
        await Agrees(other);
    }

    [Fact]
    public async Task Changes_race_with_usage_of_many_devices_on_two_silos_and_the_audit_agrees()
    {
        await using var cluster = await Prepared(silos: 2);
        foreach (var r in Enumerable.Range(0, 4))
        {
            await cluster.SubscribeAsync("t", "c2", $"r{r}", "small", "2026-06-01T00:00:00Z");
            await cluster.RegisterAsync("t", $"ra{r}", $"r{r}");
            await cluster.RegisterAsync("t", $"rb{r}", $"r{r}");
        }
        await cluster.AdvanceAsync("t", "2026-06-11T00:00:00Z");
        var time = At("2026-06-11T00:00:00Z");
        var senders = Enumerable.Range(0, 8).Select(async device =>
        {
            for (var i = 0; i < 40; i++)
            {
                var sent = await cluster.SendAsync("t", new UsageEvent
                {
                    Id = $"{i}", Device = $"r{"ab"[device % 2]}{device / 2}", Meter = "m", Value = 1m,
                    UnixTicks = (time + Duration.FromSeconds(((i * 17 % 40) * 7) + device)).ToUnixTimeTicks(),
                });
                Assert.Equal(UsageStatus.Accepted, sent.Status);
            }
        });
        var changes = Enumerable.Range(0, 4).Select(async r =>
        {
            Ok(await Change(cluster, new("now", "large", null, ChangeWhen.Now, null), $"r{r}"));
            await Change(cluster, new("then", "small", null, ChangeWhen.At, time + Duration.FromSeconds(280)), $"r{r}");
        });
        await Task.WhenAll([.. senders, .. changes]);
        var bill = await cluster.BillAsync("t", "c2");
        Assert.Equal(320m, bill.Lines.Where(l => l.ChargeId == "use").Sum(l => l.Quantity));
        Assert.Contains(bill.Lines, l => l is { ChargeId: "use", Plan: "large" });
        await Agrees(cluster);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await cluster.SettledAsync();
        Assert.Equal(Text(bill), Text(await cluster.BillAsync("t", "c2")));
    }

    [Fact]
    public async Task Charges_per_device_and_pools_are_counted_by_the_days_of_each_plan()
    {
        await using var cluster = await Prepared();
        foreach (var (id, fee, allowance) in new[] { ("dev1", "3.00", "30"), ("dev2", "6.00", "60") })
        {
            await cluster.PublishAsync("t", $$"""
                {"id":"{{id}}","name":"D","currency":"EUR","charges":[
                  {"id":"fee","name":"Fee","kind":"recurring","per":"device","amount":"{{fee}}"},
                  {"id":"join","name":"Join","kind":"oneTime","per":"device","amount":"1.00"},
                  {"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"1.00","allowance":{"perDevice":"{{allowance}}","joiner":"whole"} } ] }
                """);
        }
        await cluster.SubscribeAsync("t", "c2", "p", "dev1", "2026-06-01T00:00:00Z");
        foreach (var i in Enumerable.Range(0, 5))
        {
            await cluster.RegisterAsync("t", $"p{i}", "p");
        }
        await cluster.AdvanceAsync("t", "2026-06-05T00:00:00Z");
        await cluster.SendAsync("t", Event("a", "p0", "m", "2026-06-04T00:00:00Z", 60m));
        // Half a day earlier is the same day: it belongs to the plan that begins.
        Ok(await Change(cluster, new("c1", "dev2", null, ChangeWhen.At, At("2026-06-11T12:00:00Z")), "p"));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-06-21T00:00:00Z");
        await cluster.RegisterAsync("t", "p5", "p", "2026-06-21T00:00:00Z");
        await cluster.SendAsync("t", Event("b", "p1", "m", "2026-06-12T00:00:00Z", 250m));
        // 5 × 10/30 × 3.00; 5 joined; 60 − 5 × 10/30 × 30. (5 × 20 + 10)/30 × 6.00; 1 joined; 250 − 6 × 20/30 × 60: a whole joiner
        // brings the days of the plan under which it joins.
        string[] expected = ["fee 5.00 dev1", "join 5.00 dev1", "use 10.00 dev1", "fee 22.00 dev2", "join 1.00 dev2", "use 10.00 dev2"];
        Assert.Equal(expected, (await cluster.BillAsync("t", "c2")).Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan}"));
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        Assert.Equal(expected, (await cluster.Customer("t", "c2").Invoices(null, 1)).Items[0].Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan}"));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_cancelled_subscription_ends_its_usage_is_quarantined_and_others_of_the_customer_go_on()
    {
        await using var cluster = await Prepared();
        await cluster.SubscribeAsync("t", "c", "s2", "small", "2026-06-01T00:00:00Z");
        await cluster.AdvanceAsync("t", "2026-06-10T00:00:00Z");
        var cancel = await Change(cluster, new("end", null, null, ChangeWhen.PeriodEnd, null));
        Assert.Equal(("cancel", At("2026-07-01T00:00:00Z")), (cancel.Value!.Kind, cancel.Value.EffectiveAt));
        Assert.Equal("subscription.cancelled", (await Change(cluster, new("end2", null, null, ChangeWhen.Now, null))).Errors[0].Code);
        Assert.Equal("subscription.ended", (await Change(cluster, new("c1", "large", null, ChangeWhen.PeriodEnd, null))).Errors[0].Code);
        Assert.Equal("withdrawn", Ok(await Subscription(cluster, "s").Withdraw("end")).Status);
        Assert.Equal(CommandOutcome.Unchanged, (await Subscription(cluster, "s").Withdraw("end")).Outcome);
        Assert.Null((await Subscription(cluster, "s").Get())!.End);

        Ok(await Change(cluster, new("end3", null, null, ChangeWhen.At, At("2026-06-21T00:00:00Z"))));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-06-22T00:00:00Z");
        var after = await cluster.SendAsync("t", Event("a", "d1", "m", "2026-06-21T00:00:00Z", 1m));
        Assert.Equal((UsageStatus.Quarantined, "usage.subscription_inactive"), (after.Status, after.Code));
        Assert.Equal(UsageStatus.Accepted, (await cluster.SendAsync("t", Event("b", "d1", "m", "2026-06-20T23:00:00Z", 1m))).Status);
        Assert.Equal("subscription.change_begun", (await Subscription(cluster, "s").Withdraw("end3")).Errors[0].Code);
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        var invoices = (await cluster.Customer("t", "c").Invoices(null, 10)).Items;
        Assert.Equal([30.00m, 20.00m + 1.00m + 30.00m], invoices.Select(i => i.Total));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_scheduled_change_is_withdrawn_and_what_makes_no_sense_is_refused()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", Small.Replace("small", "usd", StringComparison.Ordinal).Replace("EUR", "USD", StringComparison.Ordinal));
        await cluster.PublishAsync("t", Small.Replace("small", "week", StringComparison.Ordinal)
            .Replace("\"currency\"", "\"cycle\":{\"unit\":\"week\",\"count\":1},\"currency\"", StringComparison.Ordinal));
        Ok(await Change(cluster, new("c1", "large", null, ChangeWhen.PeriodEnd, null)));
        var refusals = new[]
        {
            ("plan.unknown", new SubscriptionChangeSpec("x", "none", null, ChangeWhen.Now, null)),
            ("subscription.currency", new("x", "usd", null, ChangeWhen.Now, null)),
            ("subscription.cycle", new("x", "week", null, ChangeWhen.Now, null)),
            ("subscription.change_scheduled", new("x", "large", null, ChangeWhen.Now, null)),
            ("subscription.plan_unchanged", new("x", "large", null, ChangeWhen.At, At("2026-09-01T00:00:00Z"))),
        };
        foreach (var (code, spec) in refusals)
        {
            Assert.Equal(code, (await Change(cluster, spec)).Errors[0].Code);
        }
        Assert.Equal("change.unknown", (await Subscription(cluster, "s").Withdraw("none")).Errors[0].Code);
        Assert.Equal("subscription.unknown", (await Change(cluster, refusals[3].Item2, "none")).Errors[0].Code);
        Ok(await Subscription(cluster, "s").Withdraw("c1"));
        Assert.Equal(
            "subscription.change_withdrawn", (await Change(cluster, new("c1", "large", null, ChangeWhen.PeriodEnd, null))).Errors[0].Code);
        Assert.Equal(
            "subscription.change_before_start",
            (await Change(cluster, new("x", "large", null, ChangeWhen.At, At("2026-06-01T00:00:00Z")))).Errors[0].Code);
        await cluster.AdvanceAsync("t", "2026-07-10T00:00:00Z");
        Assert.Equal(
            "subscription.change_too_early",
            (await Change(cluster, new("x", "large", null, ChangeWhen.At, At("2026-06-20T00:00:00Z")))).Errors[0].Code);
        await cluster.SendAsync("t", Event("a", "d1", "m", "2026-07-05T00:00:00Z", 1m));
        var view = (await Subscription(cluster, "s").Get())!;
        Assert.Equal(("small", "withdrawn", 1), (view.Plan, view.Changes![0].Status, view.Segments!.Length));
        Assert.Equal(["base 30.00 ", "use 1.00 "], (await cluster.BillAsync("t", "c")).Lines.Select(l => $"{l.ChargeId} {l.Amount} {l.Plan}"));
        await Agrees(cluster);
    }

    private static ISubscriptionGrain Subscription(BillingCluster cluster, string id) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", id));

    private static Task<CommandResult<SubscriptionChange>> Change(
        BillingCluster cluster, SubscriptionChangeSpec spec, string subscription = "s") => Subscription(cluster, subscription).Change(spec);

    private static async Task<string[]> Behind(BillingCluster cluster, InvoiceView invoice, int line) =>
        [.. (await cluster.Customer("t", "c").LineEvents(invoice.Id, line, null, 50))!.Items.Select(e => e.Id).Order(StringComparer.Ordinal)];

    private static string Text(Contracts.Customers.RunningBill bill) => string.Join("\n", bill.Lines.Select(l =>
        $"{l.ChargeId} {l.Plan} {l.PeriodStart} {l.PeriodEnd} {l.Quantity} {l.Events} {l.ExactAmount} {l.Amount}"));

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task<BillingCluster> Prepared(int silos = 1)
    {
        var cluster = await StartAsync(silos: silos);
        await cluster.CreateTenantAsync("t", "2026-06-01T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.DefineMeterAsync("t", "n", "kWh");
        await cluster.PublishAsync("t", Small);
        await cluster.PublishAsync("t", Large);
        await cluster.SubscribeAsync("t", "c", "s", "small", "2026-06-01T00:00:00Z");
        foreach (var i in Enumerable.Range(0, 8))
        {
            await cluster.RegisterAsync("t", $"d{i}", "s");
        }
        return cluster;
    }
}
