using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Subscriptions;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Reservations;

/// <summary>Quota in June 2026: 100 MB are free and no more may be reserved; text messages up to 10.00.</summary>
public sealed class ReservationTests
{
    private const string Plan = """
        {"id":"p","currency":"EUR","charges":[
          {"id":"data","meter":"data","unit":"MB","unitPrice":"1","freeQuantity":"100","blockAt":"included"},
          {"id":"sms","meter":"sms","maximum":"10","blockAt":"maximum","timeOfUse":{"windows":[
            {"name":"day","from":"08:00","to":"20:00","unitPrice":"0.5"}],"otherwise":{"unitPrice":"0.1"}}}]}
        """;

    [Fact]
    public async Task What_is_used_is_billed_and_what_is_left_goes_back()
    {
        await using var cluster = await Prepared();

        var a = Ok(await Reserve(cluster, "d1", "a", 80m));
        Assert.Equal(("open", 80m, null), (a.Status, a.Granted, a.LimitedBy));
        var b = Ok(await Reserve(cluster, "d2", "b", 80m));
        Assert.Equal((20m, "data"), (b.Granted, b.LimitedBy));
        var refused = await Reserve(cluster, "d3", "c", 1m);
        Assert.Equal((CommandOutcome.Conflict, "reservation.limit_reached"), (refused.Outcome, refused.Errors.Single().Code));

        a = Ok(await Report(cluster, "d1", "a", new(1, 30m, null, null, null, false)));
        Assert.Equal((50m, 30m, "accepted", 1), (a.Granted, a.Used, a.UsageStatus, a.LastNumber));
        Assert.Equal(30m, (await cluster.BillAsync("t", "c")).Lines.Single().Quantity);
        a = Ok(await Report(cluster, "d1", "a", new(2, 5m, null, null, null, true)));
        Assert.Equal(("released", 0m, 35m), (a.Status, a.Granted, a.Used));

        // 100 - 35 used - 20 of b.
        Assert.Equal(45m, Ok(await Reserve(cluster, "d3", "c", 80m)).Granted);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task A_repeat_is_the_same_and_other_content_under_the_same_id_is_refused()
    {
        await using var cluster = await Prepared();
        Ok(await Reserve(cluster, "d1", "a", 80m));

        Assert.Equal(CommandOutcome.Unchanged, (await Reserve(cluster, "d1", "a", 80m)).Outcome);
        Assert.Equal("reservation.exists", (await Reserve(cluster, "d1", "a", 79m)).Errors.Single().Code);
        Assert.Equal("reservation.exists", (await Reserve(cluster, "d2", "a", 80m)).Errors.Single().Code);
        var report = new ReservationUse(1, 30m, null, null, new(60m, 300), false);
        var first = Ok(await Report(cluster, "d1", "a", report));
        Assert.Equal(60m, first.Granted);
        var again = await Report(cluster, "d1", "a", report);
        Assert.Equal((CommandOutcome.Unchanged, first), (again.Outcome, again.Value));
        Assert.Equal("reservation.number_used", (await Report(cluster, "d1", "a", report with { Quantity = 31m })).Errors.Single().Code);
        Assert.Equal("reservation.number_order", (await Report(cluster, "d1", "a", report with { Number = 3 })).Errors.Single().Code);
        Assert.Equal("reservation.exceeded", (await Report(cluster, "d1", "a", new(2, 61m, null, null, null, false))).Errors.Single().Code);
        Assert.Equal("reservation.unknown", (await Report(cluster, "d2", "a", new(2, 1m, null, null, null, false))).Errors.Single().Code);
        Assert.Equal(30m, (await cluster.BillAsync("t", "c")).Lines.Single().Quantity);
    }

    [Theory]
    [InlineData(0, null, null, 300, "reservation.quantity_invalid", "/quantity")]
    [InlineData(-1, null, null, 300, "reservation.quantity_invalid", "/quantity")]
    [InlineData(1, -1, null, 300, "reservation.quantity_invalid", "/minimum")]
    [InlineData(1, null, "kWh", 300, "usage.unit_mismatch", "/unit")]
    [InlineData(1, null, null, 0, "reservation.lease_invalid", "/leaseSeconds")]
    [InlineData(1, null, null, 86_401, "reservation.lease_invalid", "/leaseSeconds")]
    [InlineData(200, 101, null, 300, "reservation.limit_reached", null)]
    public async Task What_cannot_be_reserved_is_refused_with_the_place(
        int quantity, int? minimum, string? unit, int lease, string code, string? pointer)
    {
        await using var cluster = await Prepared();
        var refused = await cluster.Device("t", "d1").Reserve(new("a", "data", quantity, minimum, unit, null, lease));
        var error = Assert.Single(refused.Errors);
        Assert.Equal((code, pointer), (error.Code, error.Pointer));
        Assert.Equal(100m, Ok(await Reserve(cluster, "d1", "b", 200m)).Granted);
    }

    [Fact]
    public async Task A_device_that_may_not_use_anything_may_not_reserve_either()
    {
        await using var cluster = await Prepared();
        await cluster.RegisterAsync("t", "alone", null);
        Ok(await cluster.Device("t", "d2").SetState("suspended", At("2026-06-10T00:00:00Z")));

        Assert.Equal("usage.unassigned", (await Reserve(cluster, "alone", "a", 1m)).Errors.Single().Code);
        Assert.Equal("device.suspended", (await Reserve(cluster, "d2", "a", 1m)).Errors.Single().Code);
        Assert.Equal("device.unknown", (await Reserve(cluster, "nobody", "a", 1m)).Errors.Single().Code);
        var other = await cluster.Device("t", "d1").Reserve(new("a", "other", 1m, null, null, null, 300));
        Assert.Equal("rating.no_charge_for_meter", other.Errors.Single().Code);
    }

    [Fact]
    public async Task A_lease_that_is_over_gives_back_what_it_kept_and_takes_no_report()
    {
        await using var cluster = await Prepared();
        Ok(await Reserve(cluster, "d1", "a", 100m, lease: 60));
        await cluster.AdvanceAsync("t", "2026-06-10T12:00:59Z");
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d2", "b", 1m)).Errors.Single().Code);
        await cluster.AdvanceAsync("t", "2026-06-10T12:01:00Z");

        Assert.Equal(100m, Ok(await Reserve(cluster, "d2", "b", 100m)).Granted);
        Assert.Equal("reservation.expired", (await Report(cluster, "d1", "a", new(1, 1m, null, null, null, false))).Errors.Single().Code);
        Assert.Equal("expired", Ok(await cluster.Device("t", "d1").Reservation("a")).Status);
        await cluster.AdvanceAsync("t", "2026-06-10T12:30:00Z");
        Assert.Equal("reservation.unknown", (await cluster.Device("t", "d1").Reservation("a")).Errors.Single().Code);
    }

    [Fact]
    public async Task Usage_that_nobody_reserved_is_billed_and_leaves_less_for_reservations()
    {
        await using var cluster = await Prepared();
        await cluster.SendAsync("t", Event("e", "d1", "data", "2026-06-10T11:00:00Z", 90m));
        await cluster.BillAsync("t", "c");
        Assert.Equal(10m, Ok(await Reserve(cluster, "d2", "a", 80m)).Granted);
        await cluster.SendAsync("t", Event("f", "d1", "data", "2026-06-10T11:30:00Z", 30m));
        Assert.Equal(20.00m, (await cluster.BillAsync("t", "c")).Total);
        // What was granted stays granted.
        Assert.Equal(4m, Ok(await Report(cluster, "d2", "a", new(1, 6m, null, null, null, false))).Granted);
        Assert.Equal("reservation.limit_reached", (await Reserve(cluster, "d3", "b", 1m)).Errors.Single().Code);
    }

    /// <summary>12:00 is day: 10.00 pay for 20 texts at 0.50, and the lease ends at 20:00, when they cost less.</summary>
    [Fact]
    public async Task Money_pays_for_what_it_does_at_the_price_of_the_hour()
    {
        await using var cluster = await Prepared();
        var a = Ok(await cluster.Device("t", "d1").Reserve(new("a", "sms", 500m, null, null, null, ReservationSpec.MaxLease)));
        Assert.Equal((20m, "sms", At("2026-06-10T20:00:00Z")), (a.Granted, a.LimitedBy, a.ExpiresAt));
        Ok(await Report(cluster, "d1", "a", new(1, 10m, null, null, null, true)));
        await cluster.AdvanceAsync("t", "2026-06-10T20:00:00Z");
        Assert.Equal(50m, Ok(await cluster.Device("t", "d1").Reserve(new("b", "sms", 500m, null, null, null, 300))).Granted);
    }

    [Fact]
    public async Task A_restart_keeps_what_is_reserved()
    {
        await using var cluster = await Prepared();
        Ok(await Reserve(cluster, "d1", "a", 80m));
        Ok(await Report(cluster, "d1", "a", new(1, 30m, null, null, null, false)));
        foreach (var snapshot in new long[] { 1, long.MaxValue })
        {
            await cluster.RestartAsync(snapshot);
            Assert.Equal(50m, Ok(await cluster.Device("t", "d1").Reservation("a")).Granted);
            var left = await cluster.Device("t", "d2").Reserve(new($"b{snapshot}", "data", 80m, 20m, null, null, 300));
            Assert.Equal(20m, Ok(left).Granted);
            Ok(await Report(cluster, "d2", $"b{snapshot}", new(1, 0m, null, null, null, true)));
        }
        Ok(await Report(cluster, "d1", "a", new(2, 50m, null, null, null, true)));
        Assert.Equal(80m, (await cluster.BillAsync("t", "c")).Lines.Single().Quantity);
    }

    [Fact]
    public async Task A_lease_ends_with_the_period_and_with_the_plan()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """
            {"id":"q","currency":"EUR","charges":[{"id":"data","meter":"data","unitPrice":"1","freeQuantity":"7","blockAt":"included"}]}
            """);
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"))
            .Change(new("up", "q", null, ChangeWhen.At, At("2026-06-10T13:00:00Z"))));
        var a = Ok(await Reserve(cluster, "d1", "a", 80m, ReservationSpec.MaxLease));
        Assert.Equal(At("2026-06-10T13:00:00Z"), a.ExpiresAt);
        await cluster.AdvanceAsync("t", "2026-06-10T13:00:00Z");
        Assert.Equal(7m, Ok(await Reserve(cluster, "d1", "b", 80m)).Granted);
        await cluster.AdvanceAsync("t", "2026-06-30T23:00:00Z");
        Assert.Equal(At("2026-07-01T00:00:00Z"), Ok(await Reserve(cluster, "d1", "c", 80m, ReservationSpec.MaxLease)).ExpiresAt);
    }

    [Fact]
    public async Task A_device_that_moves_still_reports_to_whom_it_reserved_from()
    {
        await using var cluster = await Prepared();
        await cluster.SubscribeAsync("t", "c", "s2", "p", "2026-06-01T00:00:00Z");
        Ok(await Reserve(cluster, "d1", "a", 80m));
        Ok(await cluster.Device("t", "d1").Assign("s2", At("2026-06-10T11:59:00Z")));

        var a = Ok(await Report(cluster, "d1", "a", new(1, 30m, null, null, null, true)));
        Assert.Equal("accepted", a.UsageStatus);
        Assert.Equal("s2", (await cluster.BillAsync("t", "c")).Lines.Single(l => l.Quantity == 30m).Subscription);
        Assert.Equal(100m, Ok(await Reserve(cluster, "d2", "b", 200m)).Granted);
    }

    /// <summary>Thirty devices in all partitions want much more than there is, report parts, renew, release and come again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reservations_that_race_never_exceed_the_limit_and_use_all_of_it(int silos)
    {
        await using var cluster = await Prepared(silos);
        var devices = Enumerable.Range(1, 30).Select(i => $"r{i}").ToArray();
        foreach (var device in devices)
        {
            await cluster.RegisterAsync("t", device, "s");
        }

        var used = await Task.WhenAll(devices.Select((device, seed) => Use(cluster, device, new Random(seed))));

        Assert.Equal(100m, used.Sum());
        var line = (await cluster.BillAsync("t", "c")).Lines.Single();
        Assert.Equal((100m, 0m), (line.Quantity, line.Amount.ToDecimal()));
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    /// <summary>Until nothing is left: whoever is told so only while another one keeps something comes again.</summary>
    private static async Task<decimal> Use(BillingCluster cluster, string device, Random random)
    {
        var used = 0m;
        for (var n = 0; ; n++)
        {
            var granted = await Reserve(cluster, device, $"{device}-{n}", random.Next(1, 40) / 4m);
            if (granted.Value is not { } reservation)
            {
                Assert.Equal("reservation.limit_reached", granted.Errors.Single().Code);
                if ((await cluster.BillAsync("t", "c")).Lines.SingleOrDefault()?.Quantity >= 100m)
                {
                    return used;
                }
                continue;
            }
            var part = random.Next(2) == 0 ? reservation.Granted : Math.Floor(reservation.Granted * 4m * random.Next(0, 100) / 100m) / 4m;
            var next = random.Next(3) == 0 ? new ReservationNext(random.Next(1, 40) / 4m, 300) : null;
            var after = Ok(await Report(cluster, device, reservation.Id, new(1, part, null, null, next, false)));
            var rest = random.Next(2) == 0 ? after.Granted : 0m;
            Ok(await Report(cluster, device, reservation.Id, new(2, rest, null, null, null, true)));
            used += part + rest;
        }
    }

    private static Task<CommandResult<ReservationView>> Reserve(
        BillingCluster cluster, string device, string id, decimal quantity, int lease = ReservationSpec.DefaultLease) =>
        cluster.Device("t", device).Reserve(new(id, "data", quantity, null, null, null, lease));

    private static Task<CommandResult<ReservationView>> Report(BillingCluster cluster, string device, string id, ReservationUse use) =>
        cluster.Device("t", device).ReportReserved(id, use);

    private static async Task<BillingCluster> Prepared(int silos = 1)
    {
        var cluster = await StartAsync(silos: silos);
        await cluster.CreateTenantAsync("t", "2026-06-10T12:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.DefineMeterAsync("t", "sms", "messages");
        await cluster.DefineMeterAsync("t", "other", "1");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-06-01T00:00:00Z");
        foreach (var device in new[] { "d1", "d2", "d3" })
        {
            await cluster.RegisterAsync("t", device, "s");
        }
        return cluster;
    }
}
