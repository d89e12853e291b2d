using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Devices;

/// <summary>Devices that are tried out, become active by themselves, and are charged for what they are; all amounts are worked by hand.</summary>
public sealed class LifecycleTests
{
    // The zone is two hours ahead of UTC in June, so local midnight is 22:00 UTC of the day before.
    private const string Plan = """
        {"id":"p","name":"Connectivity","currency":"EUR","charges":[
          {"id":"sim","name":"SIM","kind":"recurring","per":"device","amount":"3"},
          {"id":"activation","name":"Activation","kind":"oneTime","per":"device","fromStates":["inventory","test","activationReady"],"states":["active"],"amount":"5"},
          {"id":"data","name":"Data","meter":"data","unitPrice":"0.10"},
          {"id":"sms","name":"SMS","meter":"sms","unitPrice":"0.50"},
          {"id":"level","name":"Storage","meter":"level","unitPrice":"1"}],
         "deviceStates":[
          {"state":"test","free":[{"meter":"data","quantity":"100"},{"meter":"sms","quantity":"2"}],"activateAfterDays":20},
          {"state":"activationReady","activateAfterMonths":1},
          {"state":"suspended","usage":"billed"}]}
        """;

    [Fact]
    public async Task The_first_use_activates_a_device_from_its_own_time_whatever_comes_first()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "activationReady", "2026-06-01T00:00:00Z");
        Assert.DoesNotContain((await cluster.BillAsync("t", "c")).Lines, l => l.Amount.MinorUnits != 0);

        await cluster.SendAsync("t", Event("late", "d1", "data", "2026-06-21T12:00:00Z", 10m));
        // 21 June to 30 June: 10 of 30 days of 3.00; 5.00; 10 at 0.10.
        Assert.Equal([("sim", 1.00m), ("activation", 5.00m), ("data", 1.00m)], await Lines(cluster));
        await cluster.SendAsync("t", Event("early", "d1", "data", "2026-06-10T22:00:00Z", 20m));
        // From the local 11th on: 20 of 30 days.
        Assert.Equal([("sim", 2.00m), ("activation", 5.00m), ("data", 3.00m)], await Lines(cluster));
        Assert.Equal(
            [("activationReady", false), ("active", true)], (await View(cluster, "d1")).States.Select(s => (s.State, s.Automatic)));

        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal([("sim", 2.00m), ("activation", 5.00m), ("data", 3.00m)], await Lines(cluster));
        await Agrees(cluster);
        await cluster.SendAsync("t", Event("earliest", "d1", "data", "2026-06-05T22:00:00Z", 0m));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal([("sim", 2.50m), ("activation", 5.00m), ("data", 3.00m)], await Lines(cluster));
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_first_use_that_comes_after_the_close_is_billed_as_late_usage()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "activationReady", "2026-05-31T22:00:00Z");
        await cluster.AdvanceAsync("t", "2026-07-10T00:00:00Z");
        // After a month by itself: 1 July 00:00 local.
        Assert.Equal([("sim", 3.00m), ("activation", 5.00m)], await Lines(cluster));
        await cluster.SendAsync("t", Event("late", "d1", "data", "2026-06-15T22:00:00Z", 10m));
        // It was active from 16 June on: 15 of 30 days; the activation is of June now.
        Assert.Equal(
            [("sim", "recurring", 3.00m), ("sim", "lateUsage", 1.50m), ("activation", "lateUsage", 5.00m), ("data", "lateUsage", 1.00m)],
            (await cluster.BillAsync("t", "c")).Lines.Select(l => (l.ChargeId, l.Kind, l.Amount.ToDecimal())));
        await Agrees(cluster);
        await cluster.AdvanceAsync("t", "2026-08-10T00:00:00Z");
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_time_that_is_up_activates_at_the_same_local_time_without_any_event()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "test", "2026-06-01T10:00:00Z");
        var state = (await View(cluster, "d1")).States;
        Assert.Equal((At("2026-06-21T10:00:00Z"), At("2026-06-21T10:00:00Z")), (state[0].ActivatesAt, state[1].From));
        // 21 June to 30 June.
        Assert.Equal([("sim", 1.00m), ("activation", 5.00m)], await Lines(cluster));
        await cluster.SendAsync("t", Event("a", "d1", "data", "2026-06-21T10:00:00Z", 10m));
        await cluster.SendAsync("t", Event("b", "d1", "data", "2026-06-21T09:59:59Z", 10m));
        Assert.Equal(("data", 1.00m), (await Lines(cluster))[2]);
        await Agrees(cluster);
    }

    [Fact]
    public async Task Usage_in_test_is_free_until_it_is_used_up_and_from_that_instant_on_all_is_billed()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "test", "2026-06-01T00:00:00Z");
        await cluster.SendAsync("t", [
            Event("a", "d1", "data", "2026-06-11T12:00:00Z", 60m), Event("s", "d1", "sms", "2026-06-12T12:00:00Z", 2m),
            Event("b", "d1", "data", "2026-06-13T12:00:00Z", 40m)]);
        // Its time will be up on the 21st.
        Assert.Equal([("sim", 1.00m), ("activation", 5.00m)], Nonzero(await Lines(cluster)));
        Assert.Equal(
            [("data", 100m, 100m), ("sms", 2m, 2m)], (await View(cluster, "d1")).States[0].Free!.Select(f => (f.Meter, f.Quantity, f.Used)));
        Assert.Equal(100m, (await cluster.Device("t", "d1").Usage(null, null))!.Rows.Single(r => r.Meter == "data").Quantity);
        await cluster.RestartAsync(snapshotAtStop: 1);

        // One more on the 12th, before the last: 61 are free, then 40 are too many. From the 13th on 40 are billed, and 18 days of 30.
        await cluster.SendAsync("t", Event("c", "d1", "data", "2026-06-12T22:30:00Z", 1m));
        Assert.Equal([("sim", 1.80m), ("activation", 5.00m), ("data", 4.00m)], Nonzero(await Lines(cluster)));
        await Agrees(cluster);

        // And 100 at the same instant as the two messages: they are billed with it, and what came after.
        await cluster.SendAsync("t", Event("d", "d1", "data", "2026-06-12T12:00:00Z", 100m));
        Assert.Equal([("sim", 1.90m), ("activation", 5.00m), ("data", 14.10m), ("sms", 1.00m)], Nonzero(await Lines(cluster)));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal([("sim", 1.90m), ("activation", 5.00m), ("data", 14.10m), ("sms", 1.00m)], Nonzero(await Lines(cluster)));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Events_that_say_the_very_same_are_all_billed_when_it_is_used_up()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "test", "2026-06-01T00:00:00Z");
        foreach (var id in new[] { "a", "b", "c" })
        {
            await cluster.SendAsync("t", Event(id, "d1", "data", "2026-06-11T12:00:00Z", 40m));
        }
        Assert.Equal(("data", 12.00m), (await Lines(cluster))[2]);
        await Agrees(cluster);
    }

    [Fact]
    public async Task Usage_of_a_meter_of_which_nothing_is_free_ends_the_test()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "test", "2026-06-01T00:00:00Z");
        await cluster.SendAsync("t", Event("a", "d1", "data", "2026-06-12T00:00:00Z", 10m));
        await cluster.SendAsync("t", Event("l", "d1", "level", "2026-06-10T22:00:00Z", 2m));
        // From the local 11th on: 20 days; the 10 MB of the 12th; 2 GB at the end of the month.
        Assert.Equal([("sim", 2.00m), ("activation", 5.00m), ("data", 1.00m), ("level", 2.00m)], await Lines(cluster));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Any_order_and_partition_of_the_same_usage_gives_the_same_bill()
    {
        await using var cluster = await Prepared();
        var random = new Random(4711);
        string[] meters = ["data", "data", "data", "sms", "level"];
        for (var round = 0; round < 8; round++)
        {
            var state = round % 4 == 3 ? "activationReady" : "test";
            var kinds = round % 2 == 0 ? meters[..4] : meters;
            var events = Enumerable.Range(0, 14).Select(i => (
                Meter: kinds[random.Next(kinds.Length)], Time: $"2026-06-{random.Next(2, 28):00}T{random.Next(0, 3) * 8:00}:00:00Z",
                Value: random.Next(0, 30))).ToArray();
            var bills = new List<string>();
            foreach (var order in new[] { 0, 1, 2 })
            {
                var name = $"{round}-{order}";
                await cluster.SubscribeAsync("t", $"c{name}", $"s{name}", "p", "2026-05-31T22:00:00Z", "Europe/Berlin");
                await cluster.RegisterAsync("t", $"d{name}", $"s{name}");
                await State(cluster, $"d{name}", state, "2026-06-01T00:00:00Z");
                var ids = Enumerable.Range(0, events.Length).ToArray();
                random.Shuffle(ids);
                foreach (var share in ids.Chunk(order + 1))
                {
                    await cluster.SendAsync("t", [.. share.Select(i => Event(
                        $"e{i}", $"d{name}", events[i].Meter, events[i].Time, events[i].Meter == "sms" ? events[i].Value / 15 : events[i].Value))]);
                }
                var bill = await cluster.BillAsync("t", $"c{name}");
                var view = await View(cluster, $"d{name}");
                bills.Add(string.Join(", ", bill.Lines.Select(l => $"{l.ChargeId} {l.Quantity} {l.Amount.ToDecimal()}"))
                    + string.Join(", ", view.States.Select(s => $"{s.State} {s.From}")));
            }
            Assert.Single(bills.Distinct());
        }
        await Agrees(cluster);
        await cluster.RestartAsync(snapshotAtStop: 1);
        await cluster.AdvanceAsync("t", "2026-07-05T00:00:00Z");
        await Agrees(cluster);
    }

    [Fact]
    public async Task The_rules_are_those_of_the_plan_that_the_device_gets_when_it_was_in_stock_before()
    {
        await using var cluster = await Prepared();
        Ok(await cluster.Device("t", "stock").Register(new("stock", null, null, null, "test")));
        Assert.Null((await View(cluster, "stock")).States[0].ActivatesAt);
        Ok(await cluster.Device("t", "stock").Assign("s", At("2026-06-05T00:00:00Z")));
        Assert.Equal(At("2026-06-25T00:00:00Z"), (await View(cluster, "stock")).States[0].ActivatesAt);
        await cluster.SendAsync("t", Event("a", "stock", "data", "2026-06-12T00:00:00Z", 10m));
        // Registered with its state and subscription at once; 24 June: 7 of 30 days.
        Ok(await cluster.Device("t", "d9").Register(new("d9", null, "s", At("2026-06-03T22:00:00Z"), "test")));
        Assert.Equal(At("2026-06-23T22:00:00Z"), (await View(cluster, "d9")).States[0].ActivatesAt);
        Assert.Equal(CommandOutcome.Unchanged, (await cluster.Device("t", "d9").Register(new("d9", null, "s", At("2026-06-03T22:00:00Z"), "test"))).Outcome);
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal(CommandOutcome.Conflict, (await cluster.Device("t", "d9").Register(new("d9", null, "s", At("2026-06-03T22:00:00Z"), "active"))).Outcome);
        Assert.Equal(CommandOutcome.Unchanged, (await cluster.Device("t", "d9").Register(new("d9", null, "s", At("2026-06-03T22:00:00Z"), "test"))).Outcome);
        // 25 to 30 June and 24 to 30 June, 13 days; and d1, active all the time.
        Assert.Equal([("sim", 4.30m), ("activation", 10.00m)], Nonzero(await Lines(cluster)));
        await Agrees(cluster);
    }

    [Fact]
    public async Task Usage_of_a_suspended_device_is_billed_where_the_plan_says_so()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "suspended", "2026-06-05T00:00:00Z");
        Assert.Equal(UsageStatus.Accepted, (await cluster.SendAsync("t", Event("a", "d1", "data", "2026-06-12T00:00:00Z", 10m))).Status);
        Ok(await cluster.Device("t", "stock").Register(new("stock", null, "s", null, "inventory")));
        Assert.Equal("device.suspended", (await cluster.SendAsync("t", Event("a", "stock", "data", "2026-06-12T00:00:00Z", 10m))).Code);
        Assert.Equal(("data", 1.00m), Nonzero(await Lines(cluster))[1]);
        await Agrees(cluster);
    }

    [Fact]
    public async Task A_state_that_cannot_follow_is_refused_with_those_that_can()
    {
        await using var cluster = await Prepared();
        await State(cluster, "d1", "activationReady", "2026-06-01T00:00:00Z");
        await cluster.SendAsync("t", Event("a", "d1", "data", "2026-06-12T00:00:00Z", 10m));
        var refused = await cluster.Device("t", "d1").SetState("test", At("2026-06-13T00:00:00Z"));
        Assert.Equal((CommandOutcome.Conflict, "device.transition", "/state"), (refused.Outcome, refused.Errors[0].Code, refused.Errors[0].Pointer));
        Assert.Contains("suspended, standby, terminated", refused.Errors[0].Message, StringComparison.Ordinal);
        await State(cluster, "d1", "suspended", "2026-06-13T00:00:00Z");
        await State(cluster, "d1", "terminated", "2026-06-14T00:00:00Z");
        Assert.Equal("device.terminated", (await cluster.Device("t", "d1").SetState("active", At("2026-06-15T00:00:00Z"))).Errors[0].Code);
        var unknown = await cluster.Device("t", "d8").Register(new("d8", null, null, null, "broken"));
        Assert.Equal((CommandOutcome.Rejected, "device.state_unknown"), (unknown.Outcome, unknown.Errors[0].Code));
    }

    private static async Task State(BillingCluster cluster, string device, string state, string from) =>
        Ok(await cluster.Device("t", device).SetState(state, At(from)));

    private static async Task<DeviceView> View(BillingCluster cluster, string device) => (await cluster.Device("t", device).Get())!;

    private static async Task<(string Charge, decimal Amount)[]> Lines(BillingCluster cluster) =>
        [.. (await cluster.BillAsync("t", "c")).Lines.Select(l => (l.ChargeId, l.Amount.ToDecimal()))];

    private static (string Charge, decimal Amount)[] Nonzero((string Charge, decimal Amount)[] lines) => [.. lines.Where(l => l.Amount != 0m)];

    private static async Task Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-06-28T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.DefineMeterAsync("t", "sms", "SMS");
        await cluster.DefineMeterAsync("t", new("level", "Level", "GB", "latest", Per: "device"));
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-05-31T22:00:00Z", "Europe/Berlin");
        await cluster.RegisterAsync("t", "d1", "s");
        return cluster;
    }
}
