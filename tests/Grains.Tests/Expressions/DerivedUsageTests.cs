using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tests.Corrections;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Expressions.DerivedScenario;

namespace OrleansBilling.Grains.Tests.Expressions;

/// <summary>Values and dimensions that meters derive, and filters that are expressions, through the whole path.</summary>
public sealed class DerivedUsageTests
{
    private static readonly UsageEvent[] Good =
    [
        Traffic("1", "d0", "2026-01-05T12:00:00Z", "1500", "8500", "26201"),
        Traffic("2", "d1", "2026-01-06T12:00:00Z", "0.5", "999.5", "26207", "flat"),
        Traffic("3", "d1", "2026-01-07T12:00:00Z", "4000", "6000", "310", "flat"),
        Traffic("4", "d2", "2026-01-07T13:00:00Z", "4000", "6000", "26202", "flat"),
        Usage("5", "d0", "power", "2026-01-08T12:00:00Z", 0m, ("amps", "16"), ("volts", "230")),
        Usage("6", "d1", "power", "2026-01-08T12:00:00Z", 0m, ("amps", "10"), ("volts", "230")),
        Usage("7", "d0", "heat", "2026-01-09T12:00:00Z", 1m, ("ratio", "40")),
        Usage("8", "d0", "heat", "2026-01-10T12:00:00Z", 1.5m, ("ratio", "40")),
        Usage("9", "d0", "stored", "2026-01-31T00:00:00Z", 0m, ("class", "ssd"), ("used", "5000")),
        Usage("10", "d0", "charging", "2026-01-11T12:00:00Z", 1_000m, ("phase", "start"), ("session", "x")),
        Usage("11", "d0", "charging", "2026-01-11T13:00:00Z", 11_000m, ("phase", "stop"), ("session", "x")),
        Usage("12", "d0", "visitors", "2026-01-12T12:00:00Z", 0m, ("name", "Ada"), ("town", "Graz")),
        Usage("13", "d1", "visitors", "2026-01-12T13:00:00Z", 0m, ("name", "ADA"), ("town", "graz")),
        Usage("14", "d1", "visitors", "2026-01-12T13:00:00Z", 0m, ("name", "Bo"), ("town", "graz")),
    ];

    /// <summary>
    /// 10 × 0.01 + (1 + 10) × 0.10 + 10 × 0.70; events 1 and 3 at 0.25; 3.68 × 3; (1.5 − 1) × 40 × 0.5; 5 GB for the last 24 h × 0.001; 10 × 0.4;
    /// two visitors × 2.
    /// </summary>
    private static readonly string[] Expected =
        ["traffic 8.20", "big 0.50", "power 11.04", "heat 10.00", "stored 0.12", "charging 4.00", "visitors 4.00"];

    [Fact]
    public async Task A_bill_of_derived_usage_is_the_same_after_every_kind_of_start_closes_and_is_audited()
    {
        await using var cluster = await StartAsync(snapshotAtStop: long.MaxValue);
        await PrepareAsync(cluster, "t");
        var results = await cluster.SendAsync("t", Good);
        Assert.All(results, r => Assert.Equal((UsageStatus.Accepted, null), (r.Status, r.Code)));
        Assert.Equal("The value of the dimension 'zone' is none that the meter tells apart; it counts with all others.", results[2].Warning);
        Assert.All(results.Where((_, i) => i != 2), r => Assert.Null(r.Warning));
        Assert.Equal(Expected, await LinesAsync(cluster, "t"));
        await CorrectionScenario.AgreesAsync(cluster, "t");

        // From the log alone, and from a snapshot.
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal(Expected, await LinesAsync(cluster, "t"));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal(Expected, await LinesAsync(cluster, "t"));
        var steps = (await cluster.BillAsync("t", "c")).Lines.ToDictionary(l => l.ChargeId, l => l.Steps);
        Assert.Equal("each event counts volts * amps / 1000", steps["power"][0].Text);
        Assert.Equal("events where value > 5 and (tariff != 'flat' or zone == 'rest')", steps["big"][2].Text);

        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        await cluster.SendAsync("t", [
            Traffic("late", "d0", "2026-01-13T12:00:00Z", "1000", "9000", "26201"),
            Usage("late-peak", "d2", "power", "2026-01-13T12:00:00Z", 0m, ("amps", "20"), ("volts", "230"))]);
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        var invoices = await CorrectionScenario.InvoicesAsync(cluster, "t");
        Assert.Equal(Expected, invoices[0].Select(l => $"{l.ChargeId} {l.Amount}"));
        Assert.Equal(["big 0.25", "power 2.76", "traffic 0.10"], invoices[1].Where(l => l.Kind == "lateUsage").Select(l => $"{l.ChargeId} {l.Amount}").Order());
        await CorrectionScenario.AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task Raw_events_behind_a_line_show_what_was_sent_and_what_was_made_of_it()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t");
        await cluster.SendAsync("t", Good);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var invoice = (await cluster.Customer("t", "c").Invoices(null, 10)).Items.Single();
        var behind = (await cluster.Customer("t", "c").LineEvents(invoice.Id, 1, null, 10))!.Items.Single(e => e.Id == "3");
        Assert.Equal((0m, 10m, 7.0m), (behind.Value, behind.Quantity, behind.Charge));
        Assert.Equal("310", behind.Dimensions!["network"]);
        Assert.Equal((10m, "(up + down) / 1000"), (behind.Derived!.Value, behind.Derived.Expression));
        Assert.Equal([KeyValuePair.Create("zone", "rest")], behind.Derived.Dimensions);
        var big = (await cluster.Customer("t", "c").LineEvents(invoice.Id, 2, null, 10))!.Items;
        Assert.Equal(["1", "3"], big.Select(e => e.Id).Order());
        var charging = (await cluster.Customer("t", "c").LineEvents(invoice.Id, 6, null, 10))!.Items.Single(e => e.Id == "11");
        Assert.Equal((11_000m, 11m, 10m), (charging.Value, charging.Derived!.Value, charging.Quantity));
    }

    [Fact]
    public async Task What_has_no_value_is_kept_with_its_reason_and_billed_when_it_was_mended()
    {
        await using var cluster = await StartAsync(snapshotAtStop: 1);
        await PrepareAsync(cluster, "t");
        UsageEvent[] bad =
        [
            Usage("a", "d0", "traffic", "2026-01-05T12:00:00Z", 0m, ("down", "1"), ("network", "26201")),
            Traffic("b", "d0", "2026-01-05T12:00:00Z", "12 kB", "1", "26201"),
            Usage("c", "d0", "power", "2026-01-05T12:00:00Z", 0m, ("amps", "-16"), ("volts", "230")),
        ];
        var results = await cluster.SendAsync("t", bad);
        Assert.Equal(
            ["expression.dimension_missing", "expression.not_a_number", "expression.value_out_of_range"],
            results.Select(r => r.Status == UsageStatus.Quarantined ? r.Code : null));
        Assert.Equal("'12 kB' is read as a number, and is no plain decimal such as -12.5. Character 2 of: (up + down) / 1000", results[1].Message);
        await cluster.RestartAsync();
        Assert.Equal((UsageStatus.Duplicate, "expression.not_a_number"), await StatusAsync(cluster, bad[1]));
        var kept = await QuarantineAsync(cluster);
        Assert.Equal(results.Select(r => r.Message), kept.Select(e => e.Detail));
        Assert.Equal(["a", "b", "c"], kept.Select(e => e.Id));
        Assert.Equal([(null, "(up + down) / 1000")], kept.Where(e => e.Id == "b").Select(e => (e.Derived!.Value, e.Derived.Expression)));
        Assert.Empty((await cluster.BillAsync("t", "c")).Lines);

        // Mended badly, then well.
        var refused = await CorrectionScenario.CorrectAsync(
            cluster, "t", CorrectionScenario.Amend(bad[1], Traffic("b", "d0", "2026-01-05T12:00:00Z", "12", "x", "26201")));
        Assert.Equal("expression.not_a_number", refused.Error!.Code);
        Assert.Contains("'x' is read as a number", refused.Error.Message, StringComparison.Ordinal);
        CorrectionScenario.Done(await CorrectionScenario.CorrectAsync(
            cluster, "t", CorrectionScenario.Amend(bad[1], Traffic("b", "d0", "2026-01-05T12:00:00Z", "12000", "3000", "26201"))));
        Assert.Equal(["traffic 0.15", "big 0.25"], await LinesAsync(cluster, "t"));
        await CorrectionScenario.AgreesAsync(cluster, "t");
        Assert.Equal((3, 2), ((await cluster.AuditAsync("t")).EventsRead, (await cluster.AuditAsync("t")).EventsQuarantined));
    }

    [Fact]
    public async Task A_filter_that_cannot_tell_keeps_the_event_until_the_plan_can()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-31T00:00:00Z", windowDays: 400);
        await cluster.DefineMeterAsync("t", "m", "MB");
        await cluster.PublishAsync("t", """
            {"id":"p","currency":"EUR","charges":[{"id":"all","meter":"m","unitPrice":"1"},{"id":"fast","meter":"m","where":"speed > 100","unitPrice":"1"}]}
            """);
        await cluster.PublishAsync("t", """
            {"id":"q","currency":"EUR","charges":[{"id":"all","meter":"m","unitPrice":"1"},{"id":"fast","meter":"m","where":"default(speed, 0) > 100","unitPrice":"1"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        var result = await cluster.SendAsync("t", Event("1", "d", "m", "2026-01-20T12:00:00Z", 5m));
        Assert.Equal((UsageStatus.Quarantined, "expression.dimension_missing"), (result.Status, result.Code));
        Assert.EndsWith("Character 1 of: speed > 100", result.Message, StringComparison.Ordinal);
        Assert.Equal(result.Message, (await QuarantineAsync(cluster)).Single().Detail);
        await cluster.SendAsync("t", Event("2", "d", "m", "2026-01-20T12:00:00Z", 5m, ("speed", "101")));
        Assert.Equal(["all 5.00", "fast 5.00"], await LinesAsync(cluster, "t"));

        var view = Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).WhatIf(
            new([new("q", null, null)], At("2026-01-20T00:00:00Z"))));
        Assert.Equal(10.00m, view.Plans.Single().Total);
        Ok(await cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s")).Change(
            new("change", "q", null, ChangeWhen.PeriodStart, null)));
        var released = await ReleaseAsync(cluster);
        Assert.Equal([null], released.Select(r => r.Reason));
        Assert.Equal(["all 10.00", "fast 5.00"], await LinesAsync(cluster, "t"));
        await CorrectionScenario.AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task The_order_of_events_batches_and_repetition_make_no_difference_to_derived_usage()
    {
        await using var cluster = await StartAsync();
        for (var seed = 1; seed <= 4; seed++)
        {
            var usage = Any(new Random(seed), 120).ToArray();
            var shuffled = usage.Concat(usage.Take(40)).ToArray();
            new Random(seed).Shuffle(shuffled);
            await PrepareAsync(cluster, $"a{seed}");
            await PrepareAsync(cluster, $"b{seed}");
            await cluster.SendAsync($"a{seed}", usage);
            foreach (var part in shuffled.Chunk(7))
            {
                await cluster.SendAsync($"b{seed}", part);
            }
            var expected = Text((await cluster.BillAsync($"a{seed}", "c")).Lines);
            Assert.Equal(expected, Text((await cluster.BillAsync($"b{seed}", "c")).Lines));
            await CorrectionScenario.AgreesAsync(cluster, $"a{seed}", $"b{seed}");
        }
    }

    [Fact]
    public async Task Corrected_derived_usage_is_billed_as_if_it_had_always_been_so()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t");
        await PrepareAsync(cluster, "right");
        UsageEvent[] wrong = [Good[0], Good[2], Good[4], Good[5], Good[11], Good[13]];
        UsageEvent[] right =
        [
            Traffic("1", "d0", "2026-01-05T12:00:00Z", "1", "2", "310"),
            Traffic("3", "d1", "2026-01-07T12:00:00Z", "1500", "8500", "26201"),
            Usage("5", "d0", "power", "2026-01-08T12:00:00Z", 0m, ("amps", "1"), ("volts", "230")),
            Good[5],
            Usage("12", "d0", "visitors", "2026-01-12T12:00:00Z", 0m, ("name", "BO"), ("town", "GRAZ")),
            Good[13],
        ];
        await cluster.SendAsync("t", wrong);
        await cluster.SendAsync("right", right);
        foreach (var (before, after) in wrong.Zip(right).Where(pair => pair.First.Dimensions != pair.Second.Dimensions))
        {
            CorrectionScenario.Done(await CorrectionScenario.CorrectAsync(cluster, "t", CorrectionScenario.Amend(before, after)));
        }
        Assert.Equal(Text((await cluster.BillAsync("right", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        await cluster.RestartAsync();
        Assert.Equal(Text((await cluster.BillAsync("right", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        await CorrectionScenario.AgreesAsync(cluster, "t", "right");

        var refused = await CorrectionScenario.CorrectAsync(
            cluster, "t", CorrectionScenario.Amend(Good[5], Usage("6", "d1", "power", "2026-01-08T12:00:00Z", 0m, ("volts", "230")), "again"));
        Assert.Equal((CommandOutcome.Rejected, "expression.dimension_missing"), (refused.Outcome, refused.Error!.Code));
        await CorrectionScenario.AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task An_amendment_of_merged_usage_that_has_no_price_is_refused()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-31T00:00:00Z", windowDays: 400);
        await cluster.DefineMeterAsync("t", new MeterDefinition("m", "M", "kW", "max"));
        await cluster.PublishAsync("t", """
            {"id":"p","currency":"EUR","charges":[{"id":"a","meter":"m","model":"matrix","matrix":{"dimensions":["zone"],"rows":[{"keys":{"zone":"eu"},"unitPrice":"1"}]}}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        var sent = Event("1", "d", "m", "2026-01-20T12:00:00Z", 5m, ("zone", "eu"));
        await cluster.SendAsync("t", sent);
        var refused = await CorrectionScenario.CorrectAsync(
            cluster, "t", CorrectionScenario.Amend(sent, sent with { Dimensions = [new("zone", "mars")] }));
        Assert.Equal((CommandOutcome.Rejected, "rating.no_price_for_dimensions"), (refused.Outcome, refused.Error!.Code));
        Assert.Equal(["a 5.00"], await LinesAsync(cluster, "t"));
    }

    [Fact]
    public async Task A_meter_never_changes_and_what_it_derives_cannot_be_reserved()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t");
        var catalogue = cluster.Grains.GetGrain<ICatalogueGrain>("t");
        Assert.Equal(CommandOutcome.Unchanged, (await catalogue.DefineMeter(Copy(Meters[0]))).Outcome);
        Assert.Equal("meter.exists", (await catalogue.DefineMeter(Meters[0] with { Value = "up + down" })).Errors.Single().Code);
        Assert.Equal("meter.exists", (await catalogue.DefineMeter(Meters[0] with { Dimensions = null })).Errors.Single().Code);
        var reserved = await cluster.Device("t", "d0").Reserve(new ReservationSpec("r", "traffic", 5m, null, null, [], 300));
        Assert.Equal("reservation.derived_meter", reserved.Errors.Single().Code);
    }

    private static MeterDefinition Copy(MeterDefinition meter) => MeterJson.Parse(MeterJson.Serialize(meter)).Meter!;

    private static async Task<(UsageStatus, string?)> StatusAsync(BillingCluster cluster, UsageEvent usage) =>
        await cluster.SendAsync("t", usage) is var result ? (result.Status, result.Code) : default;

    private static async Task<IEnumerable<string>> LinesAsync(BillingCluster cluster, string tenant) =>
        (await cluster.BillAsync(tenant, "c")).Lines.Select(l => $"{l.ChargeId} {l.Amount}");

    private static async Task<RecordedUsage[]> QuarantineAsync(BillingCluster cluster) =>
    [
        .. (await Task.WhenAll(Enumerable.Range(0, BillingCluster.Partitions).Select(p =>
            cluster.Grains.GetGrain<IPartitionGrain>(p).Quarantine("t", null, 0, 100)))).SelectMany(part => part).OrderBy(e => e.Id, StringComparer.Ordinal),
    ];

    private static async Task<ReleasedUsage[]> ReleaseAsync(BillingCluster cluster) =>
    [
        .. (await Task.WhenAll(Enumerable.Range(0, BillingCluster.Partitions).Select(p =>
            cluster.Grains.GetGrain<IPartitionGrain>(p).ReleaseQuarantine(new("t", null, null, null, false, 0, 1_000))))).SelectMany(part => part.Results),
    ];

    private static string Text<T>(T lines) => JsonSerializer.Serialize(lines, BillingJson.Options);
}
