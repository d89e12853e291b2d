using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>
/// A plan from the start of the period on, after usage was rated. What it must come to is what another subscription pays that had the
/// plan from the start, with the same usage.
/// </summary>
public sealed class BackdatedChangeTests
{
    private const string Old = """
        {"id":"old","currency":"EUR","charges":[
          {"id":"base","amount":"30.00"},
          {"id":"use","meter":"m","model":"graduated","tiers":[{"upTo":"10","unitPrice":"1.00"},{"unitPrice":"0.10"}]},
          {"id":"peak","meter":"peak","unitPrice":"0.5"},{"id":"level","meter":"level","unitPrice":"0.5"},
          {"id":"who","meter":"who","unitPrice":"1"},{"id":"reg","meter":"reg","unitPrice":"0.01"}]}
        """;

    private const string New = """
        {"id":"new","currency":"EUR","minimum":{"amount":"10"},"charges":[
          {"id":"base","amount":"60.00"},
          {"id":"once","kind":"oneTime","amount":"5"},
          {"id":"sim","kind":"recurring","per":"device","amount":"3.00"},
          {"id":"join","kind":"oneTime","per":"device","amount":"1.00"},
          {"id":"use","meter":"m","model":"volume","tiers":[{"upTo":"20","unitPrice":"1.00"},{"unitPrice":"0.40"}],
           "allowance":{"perDevice":"2","joiner":"whole"}},
          {"id":"blocks","meter":"m","unitPrice":"0.25","perDevice":{"roundTo":"5"}},
          {"id":"zone","meter":"m","model":"matrix","matrix":{"dimensions":["zone"],
           "rows":[{"keys":{"zone":"eu"},"unitPrice":"0.02"}],"otherwise":{"unitPrice":"0.03"}}},
          {"id":"peak","meter":"peak","unitPrice":"1.1"},{"id":"level","meter":"level","unitPrice":"0.7"},
          {"id":"who","meter":"who","unitPrice":"2"},{"id":"reg","meter":"reg","unitPrice":"0.05"}]}
        """;

    [Fact]
    public async Task The_whole_period_costs_what_it_would_have_cost_from_the_start_whatever_is_restarted()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        await SendAsync(cluster, Morning("a", "2026-06-02", 3m).Concat(Morning("b", "2026-06-08", 4m)));
        Ok(await Subscription(cluster).Change(new("first", "new", null, ChangeWhen.At, At("2026-06-10T00:00:00Z"))));
        await cluster.AdvanceAsync("t", "2026-06-15T00:00:00Z");
        await SendAsync(cluster, Morning("c", "2026-06-12", 5m));
        var change = Ok(await Subscription(cluster).Change(new("back", "new", null, ChangeWhen.PeriodStart, null)));
        Assert.Equal(("begun", At("2026-06-01T00:00:00Z")), (change.Status, change.EffectiveAt));
        await Same(cluster);
        var view = (await Subscription(cluster).Get())!;
        Assert.Equal(["replaced", "begun"], view.Changes!.Select(c => c.Status));
        Assert.Equal(("new", At("2026-06-01T00:00:00Z")), (Assert.Single(view.Segments!).Plan, view.Segments![0].Start));
        var usage = (await cluster.Device("t", "s2").Usage(null, null))!.Rows;
        var expected = (await cluster.Device("t", "r2").Usage(null, null))!.Rows;
        Assert.Equal(expected.Select(r => (r.Meter, r.Quantity, r.Events)), usage.Select(r => (r.Meter, r.Quantity, r.Events)));

        // Replayed from the log; usage from before and after the change goes on in the same totals.
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await SendAsync(cluster, Morning("d", "2026-06-03", 7m).Concat(Morning("e", "2026-06-14", 2m)));
        await Same(cluster);
        await cluster.RestartAsync();
        await SendAsync(cluster, Morning("f", "2026-06-11", 1m));
        await Same(cluster);
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await SendAsync(cluster, Morning("late", "2026-06-20", 6m));
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        var (changed, always) = (await Invoices(cluster, "s"), await Invoices(cluster, "r"));
        Assert.Equal(2, changed.Length);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(always[i].Lines.Select(l => l with { Subscription = "" }).Select(Text), changed[i].Lines.Select(l => l with { Subscription = "" }).Select(Text));
        }
        var line = changed[0].Lines.Single(l => l.ChargeId == "use").Number;
        Assert.Equal(24, (await cluster.Customer("t", "s").LineEvents(changed[0].Id, line, null, 50))!.Items.Length);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public async Task A_change_that_a_dead_silo_left_is_carried_out_and_usage_from_before_and_after_is_rated_again()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        await SendAsync(cluster, Morning("a", "2026-06-02", 3m));
        var owner = PartitionMap.Of(EntityKind.Subscription, "t", "s", BillingCluster.Partitions);
        await new Undecided(cluster, owner).RequestAsync(
            "t", "s", new("back", "new", 1, ChangeWhen.PeriodStart, At("2026-06-01T00:00:00Z")));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await SendAsync(cluster, Morning("b", "2026-06-03", 4m));
        // The regular work may have come by already, or not: settling does what is left.
        await Subscription(cluster).Settle();
        await Same(cluster);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public async Task A_plan_without_a_price_for_usage_of_the_period_is_refused_and_nothing_changes()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """{"id":"poor","currency":"EUR","charges":[{"id":"use","meter":"m","unitPrice":"1"}]}""");
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        await SendAsync(cluster, Morning("a", "2026-06-02", 3m));
        var before = await Lines(cluster, "s");
        var refused = await Subscription(cluster).Change(new("back", "poor", null, ChangeWhen.PeriodStart, null));
        Assert.Equal((CommandOutcome.Conflict, "subscription.change_not_rated", "/plan"), (refused.Outcome, refused.Errors[0].Code, refused.Errors[0].Pointer));
        Assert.Contains("rating.no_charge_for_meter", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(before, await Lines(cluster, "s"));
        await cluster.RestartAsync();
        await SendAsync(cluster, Morning("b", "2026-06-03", 3m));
        Assert.Equal("subscription.plan_only", (await Subscription(cluster).Change(new("end", null, null, ChangeWhen.PeriodStart, null))).Errors[0].Code);
        Ok(await Subscription(cluster).Change(new("back", "new", null, ChangeWhen.PeriodStart, null)));
        Assert.Equal("subscription.plan_unchanged", (await Subscription(cluster).Change(new("again", "new", null, ChangeWhen.PeriodStart, null))).Errors[0].Code);
        await Same(cluster);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    /// <summary>The same corrections of both subscriptions, of every kind of meter, before the change and after it.</summary>
    [Fact]
    public async Task Usage_that_was_corrected_is_rated_as_it_is_now_and_usage_that_was_moved_is_corrected_where_it_counts()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        await SendAsync(cluster, Morning("a", "2026-06-02", 3m).Concat(Morning("b", "2026-06-04", 9m)).Concat(Morning("c", "2026-06-06", 5m)));
        await VoidAsync(cluster, 0, "a-m", "b-p", "c-l", "a-w", "b-r");
        await AmendAsync(cluster, 1, 2.5m, "b-m", "c-p");
        Ok(await Subscription(cluster).Change(new("back", "new", null, ChangeWhen.PeriodStart, null)));
        await Same(cluster);

        await VoidAsync(cluster, 1, "a-m", "b-p", "c-l", "a-w", "b-r");
        // Once more what was amended before the change; and what was as it was sent.
        await AmendAsync(cluster, 1, 7m, "b-m", "c-p");
        await AmendAsync(cluster, 2, 4m, "c-m", "a-p", "b-l");
        await Same(cluster);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await Same(cluster);
        await cluster.RestartAsync();
        await VoidAsync(cluster, 3, "a-m", "b-p", "c-l", "a-w", "b-r");
        await Same(cluster);

        // June is billed: what is corrected from here on is a line of July.
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        await VoidAsync(cluster, 2, "b-m", "b-p", "c-l", "a-w", "b-r");
        await AmendAsync(cluster, 3, 8.25m, "c-m", "c-p");
        await Same(cluster);
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        var (changed, always) = (await Invoices(cluster, "s"), await Invoices(cluster, "r"));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(always[i].Lines.Select(Text), changed[i].Lines.Select(Text));
            foreach (var line in changed[i].Lines.Where(l => l.Events > 0))
            {
                Assert.Equal(await Behind(cluster, "r", always[i].Id, line.Number), await Behind(cluster, "s", changed[i].Id, line.Number));
            }
        }
        Assert.Contains(changed[1].Lines, line => line.Kind == "correction");
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    /// <summary>What was corrected and rated again can be back-dated once more.</summary>
    [Fact]
    public async Task A_second_change_from_the_start_takes_usage_that_was_corrected_after_the_first()
    {
        await using var cluster = await Prepared();
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");
        await SendAsync(cluster, Morning("a", "2026-06-02", 3m).Concat(Morning("b", "2026-06-04", 9m)));
        Ok(await Subscription(cluster).Change(new("back", "new", null, ChangeWhen.PeriodStart, null)));
        await VoidAsync(cluster, 0, "a-m", "b-p", "b-l", "a-w", "b-r");
        Ok(await Subscription(cluster).Change(new("old", "old", null, ChangeWhen.PeriodStart, null)));
        await AmendAsync(cluster, 1, 1m, "a-m", "b-p");
        Ok(await Subscription(cluster).Change(new("again", "new", null, ChangeWhen.PeriodStart, null)));
        await Same(cluster);
        await VoidAsync(cluster, 1, "b-m", "a-p", "a-l", "b-w", "a-r");
        await Same(cluster);
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public async Task A_plan_with_levels_or_sessions_is_not_back_dated_nor_replaced_so()
    {
        await using var cluster = await Prepared();
        await cluster.DefineMeterAsync("t", new MeterDefinition("store", "Storage", "GB", "timeWeighted"));
        await cluster.PublishAsync("t", """
            {"id":"lasting","currency":"EUR","charges":[{"id":"store","meter":"store","unit":"GB*h","unitPrice":"1"}]}
            """);
        await cluster.AdvanceAsync("t", "2026-06-09T00:00:00Z");

        var refused = await Subscription(cluster).Change(new("back", "lasting", null, ChangeWhen.PeriodStart, null));
        Assert.Equal((CommandOutcome.Conflict, "subscription.change_not_rated"), (refused.Outcome, refused.Errors[0].Code));
        Assert.Contains("levels or sessions", refused.Errors[0].Message, StringComparison.Ordinal);
        Ok(await Subscription(cluster).Change(new("now", "lasting", null, ChangeWhen.Now, null)));
        refused = await Subscription(cluster).Change(new("again", "new", null, ChangeWhen.PeriodStart, null));
        Assert.Equal("subscription.change_not_rated", refused.Errors[0].Code);
    }

    private static Task VoidAsync(BillingCluster cluster, int device, params string[] events) =>
        CorrectAsync(cluster, device, events, (id, of, e) => new(id, of, e, CorrectionActions.Void, "a test"));

    private static Task AmendAsync(BillingCluster cluster, int device, decimal value, params string[] events) =>
        CorrectAsync(cluster, device, events, (id, of, e) => new(id, of, e, CorrectionActions.Amend, "a test", Value: value));

    /// <summary>The same of both subscriptions.</summary>
    private static async Task CorrectAsync(
        BillingCluster cluster, int device, string[] events, Func<string, string, string, UsageCorrection> correction)
    {
        foreach (var (of, e) in from owner in new[] { "s", "r" } from e in events select ($"{owner}{device}", e))
        {
            var partition = cluster.Grains.GetGrain<IPartitionGrain>(PartitionMap.Of(EntityKind.Device, "t", of, BillingCluster.Partitions));
            var outcome = Assert.Single(await partition.CorrectUsage("t", [new(correction($"{Guid.NewGuid()}", of, e))]));
            Assert.True(outcome.Outcome == CommandOutcome.Created, $"{of} {e}: {outcome.Error}");
        }
    }

    /// <summary>Raw events behind a line; devices of the two subscriptions have the same number.</summary>
    private static async Task<string[]> Behind(BillingCluster cluster, string customer, string invoice, int line) =>
        [.. (await cluster.Customer("t", customer).LineEvents(invoice, line, null, 100))!.Items
            .Select(e => $"{e.Device[1..]} {e.Id} {e.Time} {e.Value} {e.Quantity} {e.Charge} {e.Correction?.Action} {e.Correction?.Withdrawn}").Order()];

    /// <summary>A month of Lord Howe Island, where clocks change by half an hour on 5 April 2026; the earlier plan keeps March.</summary>
    [Fact]
    public async Task Only_the_present_period_of_the_subscriptions_own_calendar_is_rated_again()
    {
        await using var cluster = await Prepared("2026-03-20T00:00:00Z", "Australia/Lord_Howe");
        await cluster.AdvanceAsync("t", "2026-04-06T00:00:00Z");
        await SendAsync(cluster, Morning("a", "2026-03-30", 3m).Concat(Morning("b", "2026-04-05", 4m)));
        var change = Ok(await Subscription(cluster).Change(new("back", "new", null, ChangeWhen.PeriodStart, null)));
        Assert.Equal(At("2026-03-31T13:00:00Z"), change.EffectiveAt);
        await cluster.AdvanceAsync("t", "2026-05-02T00:00:00Z");
        var invoices = await Invoices(cluster, "s");
        Assert.Equal("old new", string.Join(' ', invoices.Select(i => i.Lines[0].Amount.ToDecimal() < 30m ? "old" : "new").Order(StringComparer.Ordinal).Reverse()));
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
    }

    private static async Task Same(BillingCluster cluster) =>
        Assert.Equal(await Lines(cluster, "r"), await Lines(cluster, "s"));

    private static async Task<string[]> Lines(BillingCluster cluster, string customer) =>
        [.. (await cluster.BillAsync("t", customer)).Lines.Select(Text)];

    private static string Text(Core.Invoicing.InvoiceLine line) =>
        $"{line.ChargeId} {line.Kind} {line.PeriodStart} {line.PeriodEnd} {line.Quantity} {line.Events} {line.ExactAmount} {line.Amount} "
        + string.Join("; ", line.Steps.Select(s => $"{s.Text} {s.Quantity} {s.UnitPrice} {s.Amount}"));

    private static async Task<Contracts.Invoicing.InvoiceView[]> Invoices(BillingCluster cluster, string customer) =>
        [.. (await cluster.Customer("t", customer).Invoices(null, 10)).Items.OrderBy(i => i.PeriodEnd)];

    /// <summary>A morning of usage of four devices of both subscriptions, of every kind of meter.</summary>
    private static IEnumerable<UsageEvent> Morning(string id, string day, decimal value) =>
        from owner in new[] { "s", "r" }
        from i in Enumerable.Range(0, 4)
        from e in new[]
        {
            Event($"{id}-m", $"{owner}{i}", "m", $"{day}T08:00:00Z", value + i, ("zone", i % 2 == 0 ? "eu" : "us")),
            Event($"{id}-p", $"{owner}{i}", "peak", $"{day}T09:00:00Z", value * (i + 1)),
            Event($"{id}-l", $"{owner}{i}", "level", $"{day}T10:00:00Z", value + 10),
            Event($"{id}-w", $"{owner}{i}", "who", $"{day}T11:00:00Z", 1m, ("user", $"u{(i * value) % 5}")),
            Event($"{id}-r", $"{owner}{i}", "reg", $"{day}T12:00:00Z", Reading(day)),
        }
        select e;

    /// <summary>Higher every day.</summary>
    private static decimal Reading(string day) =>
        decimal.Parse(day.Replace("-", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task SendAsync(BillingCluster cluster, IEnumerable<UsageEvent> events)
    {
        foreach (var result in await cluster.SendAsync("t", [.. events]))
        {
            Assert.True(result.Status is UsageStatus.Accepted or UsageStatus.Late, $"{result.Code} {result.Message}");
        }
    }

    private static ISubscriptionGrain Subscription(BillingCluster cluster) =>
        cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of("t", "s"));

    private static async Task<BillingCluster> Prepared(string start = "2026-06-01T00:00:00Z", string? zone = null)
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", start);
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.DefineMeterAsync("t", new MeterDefinition("peak", "Peak", "kW", "max", Per: "device"));
        await cluster.DefineMeterAsync("t", new MeterDefinition("level", "Level", "C", "latest"));
        await cluster.DefineMeterAsync("t", new MeterDefinition("who", "Users", "1", "unique", UniqueOf: "user"));
        await cluster.DefineMeterAsync("t", "reg", "kWh", new CumulativeRegister(null));
        await cluster.PublishAsync("t", Old);
        await cluster.PublishAsync("t", New);
        await cluster.SubscribeAsync("t", "s", "s", "old", start, zone);
        await cluster.SubscribeAsync("t", "r", "r", "new", start, zone);
        foreach (var i in Enumerable.Range(0, 4))
        {
            await cluster.RegisterAsync("t", $"s{i}", "s");
            await cluster.RegisterAsync("t", $"r{i}", "r");
        }
        return cluster;
    }
}
