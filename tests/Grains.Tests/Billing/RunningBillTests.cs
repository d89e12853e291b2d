using OrleansBilling.Contracts.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

public sealed class RunningBillTests
{
    private const string Plan = """
        {"id":"p","name":"Data","currency":"EUR","charges":[
          {"id":"data","name":"Data","meter":"data","model":"perUnit","unitPrice":"0.10"},
          {"id":"fee","name":"Fee","model":"flat","amount":"5"}]}
        """;

    [Fact]
    public async Task Usage_is_rated_at_once_and_shows_on_the_running_bill()
    {
        await using var cluster = await Prepared("2026-03-10T00:00:00Z");
        var result = await cluster.SendAsync("t", Event("e1", "d1", "data", "2026-03-09T12:00:00Z", 12.5m));
        Assert.Equal((UsageStatus.Accepted, 1.25m, "EUR"), (result.Status, result.Charge, result.Currency));
        Assert.True(result.Position > 0);

        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(6.25m, bill.Total);
        Assert.Equal(["data", "fee"], bill.Lines.Select(l => l.ChargeId));
    }

    /// <summary>Thirty subscriptions close their March one after the other while the bill is read: each is open, a statement or invoiced.</summary>
    [Fact]
    public async Task Nothing_is_on_the_bill_twice_while_its_period_closes()
    {
        await using var cluster = await Prepared("2026-03-10T00:00:00Z");
        await cluster.PublishAsync("t", """{"id":"use","currency":"EUR","charges":[{"id":"data","meter":"data","unitPrice":"1"}]}""");
        for (var i = 0; i < 30; i++)
        {
            await cluster.SubscribeAsync("t", "many", $"m{i}", "use", "2026-03-01T00:00:00Z");
            await cluster.RegisterAsync("t", $"many{i}", $"m{i}");
        }
        await cluster.SendAsync("t", [.. Enumerable.Range(0, 30).Select(i => Event("e", $"many{i}", "data", "2026-03-09T12:00:00Z", 1m))]);

        var closing = cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        var totals = new List<decimal>();
        while (!closing.IsCompleted)
        {
            totals.Add((await cluster.BillAsync("t", "many")).Total);
        }
        await closing;

        Assert.DoesNotContain(totals, total => total is not (0m or 30m));
        Assert.Equal(30m, (await cluster.Customer("t", "many").Invoices(null, 10)).Items.Single().Total);
    }

    [Fact]
    public async Task A_repeat_counts_once_and_the_same_id_with_other_content_is_a_conflict()
    {
        await using var cluster = await Prepared("2026-03-10T00:00:00Z");
        var e = Event("e1", "d1", "data", "2026-03-09T12:00:00Z", 1m);
        UsageResult[] results = await cluster.SendAsync("t", [e, e, e with { Value = 1.0m }, e with { Value = 2m }]);
        Assert.Equal(
            [UsageStatus.Accepted, UsageStatus.Duplicate, UsageStatus.Duplicate, UsageStatus.Conflict],
            results.Select(r => r.Status));
        Assert.Equal(5.10m, (await cluster.BillAsync("t", "c")).Total);
    }

    [Fact]
    public async Task Events_that_cannot_be_billed_are_refused_or_kept_with_a_precise_reason()
    {
        await using var cluster = await Prepared("2026-03-10T00:00:00Z");
        await cluster.RegisterAsync("t", "loose", null);
        await cluster.DefineMeterAsync("t", "other", "s");
        UsageResult[] results = await cluster.SendAsync("t",
        [
            Event("1", "nobody", "data", "2026-03-09T12:00:00Z", 1m),
            Event("2", "d1", "nothing", "2026-03-09T12:00:00Z", 1m),
            Event("3", "d1", "data", "2026-03-10T00:05:00.1Z", 1m),
            Event("4", "d1", "data", "2026-03-09T12:00:00Z", -1m),
            Event("5", "d1", "data", "2026-03-09T12:00:00Z", 1m) with { Unit = "kWh" },
            Event("6", "loose", "data", "2026-03-09T12:00:00Z", 1m),
            Event("7", "d1", "other", "2026-03-09T12:00:00Z", 1m),
            Event("8", "d1", "data", "2026-01-01T12:00:00Z", 1m),
            Event("9", "d1", "data", "2026-03-09T12:00:00Z", 1_000_000_000_000_000m),
        ]);
        Assert.Equal(
        [
            (UsageStatus.Rejected, "device.unknown"), (UsageStatus.Rejected, "meter.unknown"),
            (UsageStatus.Rejected, "usage.future"), (UsageStatus.Rejected, "usage.negative_quantity"),
            (UsageStatus.Rejected, "usage.unit_mismatch"), (UsageStatus.Quarantined, "usage.unassigned"),
            (UsageStatus.Quarantined, "rating.no_charge_for_meter"), (UsageStatus.Quarantined, "usage.too_old"),
            (UsageStatus.Rejected, "usage.value_out_of_range"),
        ], results.Select(r => (r.Status, r.Code!)));
        Assert.Equal(5m, (await cluster.BillAsync("t", "c")).Total);
        Assert.True((await cluster.AuditAsync("t")).Agrees);
    }

    [Fact]
    public async Task An_absurd_quantity_goes_to_quarantine_and_keeps_no_bill_from_closing()
    {
        await using var cluster = await Prepared("2026-03-10T00:00:00Z");
        await cluster.PublishAsync("t", """
            {"id":"fine","name":"Fine","currency":"EUR","charges":[{"id":"data","name":"Data","meter":"data","unitPrice":"0.0752"}]}
            """);
        await cluster.SubscribeAsync("t", "c3", "s3", "fine", "2026-03-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d3", "s3");
        var results = await cluster.SendAsync("t", [
            Event("1", "d3", "data", "2026-03-09T12:00:00Z", 999_999_999_999_999.999999999999m), Event("2", "d3", "data", "2026-03-09T12:00:00Z", 100m)]);
        Assert.Equal(
            [(UsageStatus.Quarantined, "rating.inexact"), (UsageStatus.Accepted, null)], results.Select(r => (r.Status, r.Code)));
        Assert.Equal(7.52m, (await cluster.BillAsync("t", "c3")).Total);
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        Assert.Equal([7.52m], (await cluster.Customer("t", "c3").Invoices(null, 10)).Items.Select(i => i.Total));
    }

    [Theory]
    [InlineData("max")]
    [InlineData("latest")]
    public async Task A_value_of_which_no_money_holds_the_price_goes_to_quarantine_also_where_values_are_not_added(string aggregation)
    {
        await using var cluster = await Prepared("2026-03-10T00:00:00Z");
        await cluster.DefineMeterAsync("t", new("peak", "Peak", "kW", aggregation));
        await cluster.PublishAsync("t", """
            {"id":"dear","name":"Dear","currency":"EUR","charges":[{"id":"peak","name":"Peak","meter":"peak","unitPrice":"797500"}]}
            """);
        await cluster.SubscribeAsync("t", "c3", "s3", "dear", "2026-03-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d3", "s3");
        var results = await cluster.SendAsync("t", [
            Event("1", "d3", "peak", "2026-03-09T12:00:00Z", 12_345_678_901_234.567890123456m), Event("2", "d3", "peak", "2026-03-09T13:00:00Z", 2m)]);
        Assert.Equal(
            [(UsageStatus.Quarantined, "rating.inexact"), (UsageStatus.Accepted, null)], results.Select(r => (r.Status, r.Code)));
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        Assert.Equal([1_595_000m], (await cluster.Customer("t", "c3").Invoices(null, 10)).Items.Select(i => i.Total));
    }

    [Fact]
    public async Task A_device_is_billed_to_whoever_had_it_when_it_was_used_and_not_at_all_while_suspended()
    {
        await using var cluster = await Prepared("2026-03-20T00:00:00Z");
        await cluster.SubscribeAsync("t", "c2", "s2", "p", "2026-03-01T00:00:00Z");
        Ok(await cluster.Device("t", "d1").Assign("s2", At("2026-03-10T00:00:00Z")));
        Ok(await cluster.Device("t", "d1").SetState("suspended", At("2026-03-15T00:00:00Z")));
        UsageResult[] results = await cluster.SendAsync("t",
        [
            Event("1", "d1", "data", "2026-03-09T23:59:59.9999999Z", 1m),
            Event("2", "d1", "data", "2026-03-10T00:00:00Z", 10m),
            Event("3", "d1", "data", "2026-03-15T00:00:00Z", 100m),
        ]);
        Assert.Equal([UsageStatus.Accepted, UsageStatus.Accepted, UsageStatus.Quarantined], results.Select(r => r.Status));
        Assert.Equal(5.10m, (await cluster.BillAsync("t", "c")).Total);
        Assert.Equal(6.00m, (await cluster.BillAsync("t", "c2")).Total);
    }

    [Fact]
    public async Task A_device_cannot_be_moved_from_under_usage_that_is_billed_already()
    {
        await using var cluster = await Prepared("2026-03-20T00:00:00Z");
        await cluster.SendAsync("t", Event("1", "d1", "data", "2026-03-09T12:00:00Z", 1m));
        var refused = await cluster.Device("t", "d1").Assign(null, At("2026-03-09T12:00:00Z"));
        Assert.Equal("device.usage_after", Assert.Single(refused.Errors).Code);
        Ok(await cluster.Device("t", "d1").Assign(null, At("2026-03-09T12:00:00.0000001Z")));
    }

    [Fact]
    public async Task Usage_in_quarantine_counts_once_when_it_is_sent_again_after_its_reason_was_mended()
    {
        await using var cluster = await Prepared("2026-03-20T00:00:00Z");
        await cluster.RegisterAsync("t", "loose", null);
        var e = Event("1", "loose", "data", "2026-03-09T12:00:00Z", 10m);
        Assert.Equal(UsageStatus.Quarantined, (await cluster.SendAsync("t", e)).Status);
        Assert.Equal((UsageStatus.Duplicate, "usage.unassigned"), await Send());
        Ok(await cluster.Device("t", "loose").Assign("s", At("2026-03-01T00:00:00Z")));
        Assert.Equal((UsageStatus.Accepted, null), await Send());
        await cluster.RestartAsync();
        Assert.Equal((UsageStatus.Duplicate, null), await Send());
        Assert.Equal(6m, (await cluster.BillAsync("t", "c")).Total);
        var audit = await cluster.AuditAsync("t");
        Assert.Equal((true, 1, 0), (audit.Agrees, audit.EventsRead, audit.EventsQuarantined));

        async Task<(UsageStatus, string?)> Send()
        {
            var result = await cluster.SendAsync("t", e);
            return (result.Status, result.Code);
        }
    }

    [Fact]
    public async Task A_restart_remembers_usage_bill_and_duplicates_from_the_log_and_from_a_snapshot()
    {
        foreach (var snapshotAtStop in new[] { 1L, long.MaxValue })
        {
            await using var cluster = await Prepared("2026-03-10T00:00:00Z", snapshotAtStop);
            var events = Enumerable.Range(0, 50)
                .Select(i => Event($"e{i}", "d1", "data", "2026-03-05T00:00:00Z", i)).ToArray();
            await cluster.SendAsync("t", events);
            var before = await cluster.BillAsync("t", "c");
            await cluster.RestartAsync();
            Assert.All(await cluster.SendAsync("t", events), r => Assert.Equal(UsageStatus.Duplicate, r.Status));
            var after = await cluster.BillAsync("t", "c");
            Assert.Equal(before.Total, after.Total);
            Assert.Equal(5m + 122.5m, after.Total);
            Assert.True((await cluster.AuditAsync("t")).Agrees);
        }
    }

    private static async Task<BillingCluster> Prepared(string now, long snapshotAtStop = 1)
    {
        var cluster = await StartAsync(snapshotAtStop: snapshotAtStop);
        await cluster.CreateTenantAsync("t", now);
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-03-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d1", "s");
        return cluster;
    }
}
