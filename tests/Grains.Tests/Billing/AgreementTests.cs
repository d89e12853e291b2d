using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tests.Corrections;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>The least and the most of all subscriptions of a customer.</summary>
public sealed class AgreementTests
{
    [Fact]
    public async Task The_minimum_is_due_once_when_the_period_is_over_and_sees_every_subscription()
    {
        await using var cluster = await Prepared();
        Ok(await Agree(cluster, "frame", minimum: 100m, from: "2026-06-01T00:00:00Z"));
        // a: 1st of the month; b: 15th of the month. 10.00 and 20.00 in what ends in June, 5.00 in what ends in July.
        await SendAsync(cluster, "2026-06-10T00:00:00Z",
            Event("e1", "da", "data", "2026-06-05T00:00:00Z", 10m), Event("e2", "db", "data", "2026-06-06T00:00:00Z", 20m));

        // Running: the minimum is there from the start, since the period has begun.
        Assert.Equal(["a 10.00", "b 20.00", "agreement minimum 70.00"], await Bill(cluster));

        await cluster.AdvanceAsync("t", "2026-06-16T00:00:00Z");
        Assert.Equal(["2026-06-15 b 20.00"], await Invoices(cluster));
        await SendAsync(cluster, "2026-06-21T00:00:00Z", Event("e3", "db", "data", "2026-06-20T00:00:00Z", 5m));
        await cluster.AdvanceAsync("t", "2026-07-16T00:00:00Z");

        // On the invoice of the 1st: 100 − 10 − 20. That of the 15th is of July.
        Assert.Equal(["2026-06-15 b 20.00", "2026-07-01 a 10.00", "2026-07-01 agreement minimum 70.00", "2026-07-15 b 5.00"], await Invoices(cluster));
        Assert.Equal(["agreement minimum 95.00"], await Bill(cluster));
        await AuditAsync(cluster);
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-08-01T01:00:00Z");
        Assert.Equal("2026-08-01 agreement minimum 95.00", (await Invoices(cluster))[^1]);
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task The_maximum_holds_on_every_invoice_of_the_period_and_late_usage_does_not_change_the_total()
    {
        await using var cluster = await Prepared();
        Ok(await Agree(cluster, "frame", maximum: 25m, from: "2026-06-01T00:00:00Z"));
        await SendAsync(cluster, "2026-06-10T00:00:00Z",
            Event("e1", "da", "data", "2026-06-05T00:00:00Z", 10m), Event("e2", "db", "data", "2026-06-06T00:00:00Z", 20m));
        Assert.Equal(["a 10.00", "b 20.00", "agreement maximum -5.00"], await Bill(cluster));
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        Assert.Equal(["2026-06-15 b 20.00", "2026-07-01 a 10.00", "2026-07-01 agreement maximum -5.00"], await Invoices(cluster));

        // 8.00 more for a's June: all of it is above the maximum. A void of b's 20.00 leaves 18.00, which is below.
        await SendAsync(cluster, "2026-07-02T00:00:00Z", Event("late", "da", "data", "2026-06-09T00:00:00Z", 8m));
        Assert.Equal(["a 8.00", "agreement maximum -8.00"], await Bill(cluster));
        await cluster.RestartAsync();
        await cluster.AdvanceAsync("t", "2026-08-01T01:00:00Z");
        Assert.Equal(["2026-08-01 a 8.00", "2026-08-01 agreement maximum -8.00"], (await Invoices(cluster))[3..]);
        CorrectionScenario.Done(await CorrectionScenario.CorrectAsync(
            cluster, "t", new UsageCorrection("v", "db", "e2", CorrectionActions.Void, "wrong")));
        await cluster.AdvanceAsync("t", "2026-09-16T00:00:00Z");
        Assert.Equal(["2026-08-15 agreement maximum 13.00", "2026-08-15 b -20.00"], (await Invoices(cluster))[5..].Order());
        Assert.Equal(18m, (await cluster.Customer("t", "c").Invoices(null, 100)).Items.Sum(i => i.Total));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task A_period_is_prorated_by_the_days_of_the_agreement_and_the_next_one_takes_over()
    {
        await using var cluster = await Prepared("2026-06-11T00:00:00Z");
        Ok(await Agree(cluster, "first", minimum: 60m, from: "2026-06-11T00:00:00Z", zone: "Europe/Berlin"));

        var ended = Ok(await cluster.Customer("t", "c").EndAgreement("first", At("2026-06-20T22:00:00Z")));
        Assert.Equal(At("2026-06-20T22:00:00Z"), ended.Terms.To);
        Assert.Equal(CommandOutcome.Unchanged, (await cluster.Customer("t", "c").EndAgreement("first", At("2026-06-20T22:00:00Z"))).Outcome);
        Ok(await Agree(cluster, "second", minimum: 30m, from: "2026-06-20T22:00:00Z", zone: "Europe/Berlin"));
        await cluster.AdvanceAsync("t", "2026-07-01T12:00:00Z");

        // From the 11th, 02:00 local, to the 21st, 00:00: 10 of 30 days of 60; from there 10 of 30 days of 30.
        Assert.Equal(["2026-06-20 agreement minimum 20.00", "2026-06-30 agreement minimum 10.00"], await Invoices(cluster));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task An_inner_minimum_counts_for_the_outer_one_and_an_end_changes_no_invoice_before_it()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """
            {"id":"least","currency":"EUR","minimum":{"amount":"40"},"charges":[{"id":"use","meter":"data","unitPrice":"1"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s3", "least", "2026-06-01T00:00:00Z");
        Ok(await Agree(cluster, "frame", minimum: 50m, maximum: 30m + 30m, from: "2026-06-01T00:00:00Z", prorateMaximum: true));
        await SendAsync(cluster, "2026-06-10T00:00:00Z", Event("e2", "db", "data", "2026-06-06T00:00:00Z", 70m));
        await cluster.AdvanceAsync("t", "2026-06-16T00:00:00Z");
        // Prorated to the whole June: 60. Ended on the 21st it is 40, and what was billed on the 15th stays.
        Assert.Equal(["2026-06-15 b 70.00", "2026-06-15 agreement maximum -10.00"], await Invoices(cluster));
        Ok(await cluster.Customer("t", "c").EndAgreement("frame", At("2026-06-21T00:00:00Z")));
        await AuditAsync(cluster);

        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        // s3's 40.00 end on the 1st of July, after the agreement.
        Assert.Equal(["2026-06-21 agreement maximum -20.00", "2026-07-01 s3 40.00"], (await Invoices(cluster))[2..]);
        await AuditAsync(cluster);
        Ok(await Agree(cluster, "again", minimum: 50m, from: "2026-07-02T00:00:00Z", prorateMinimum: false));
        await cluster.AdvanceAsync("t", "2026-08-02T00:00:00Z");
        Assert.Equal(["2026-08-01 s3 40.00", "2026-08-01 agreement minimum 10.00"], (await Invoices(cluster))[4..]);
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task Wallets_pay_it_and_credit_of_a_customer_without_subscriptions_too()
    {
        await using var cluster = await Prepared();
        Ok(await cluster.Customer("t", "alone").Register(new("alone", "alone", "EUR", null, [])));
        Ok(await cluster.Customer("t", "alone").Agree(new(
            "fee", new(30m, "Least", true), null, At("2026-06-01T00:00:00Z"), null, null, null, BillingCycle.Monthly)));
        Ok(await cluster.Customer("t", "alone").OpenWallet(new("w", null, 100, null, 0m)));
        Ok(await cluster.Customer("t", "alone").Grant("w", new("g", Core.Balances.CreditKind.Promotional, 40m, null, At("2026-07-05T00:00:00Z"), null)));
        Assert.Equal(0m, (await cluster.BillAsync("t", "alone")).AmountDue);

        await cluster.AdvanceAsync("t", "2026-09-01T01:00:00Z");

        var invoices = (await cluster.Customer("t", "alone").Invoices(null, 10)).Items;
        // June drew 30.00; the rest of the grant expired before July was over.
        Assert.Equal([(30m, 30m), (30m, 30m), (30m, 0m)], invoices.Select(i => (i.Total, i.AmountDue())));
        Assert.Equal(At("2026-07-01T00:00:00Z"), invoices[2].PeriodEnd);
        await AuditAsync(cluster);
    }

    /// <summary>Money for usage does not pay an agreement's minimum, which is for no usage; other money does.</summary>
    [Fact]
    public async Task Wallets_of_a_scope_leave_it_to_others_and_the_running_bill_draws_as_the_invoice_will()
    {
        await using var cluster = await Prepared();
        var customer = cluster.Customer("t", "c");
        Ok(await Agree(cluster, "frame", minimum: 100m, from: "2026-06-01T00:00:00Z"));
        Ok(await customer.OpenWallet(new("data", null, 1, null, 0m, Scope: new(null, ["data"], null))));
        Ok(await customer.Grant("data", new("d", Core.Balances.CreditKind.Paid, 60m, null, null, null)));
        Ok(await customer.OpenWallet(new("main", null, 100, null, 0m)));
        Ok(await customer.Grant("main", new("m", Core.Balances.CreditKind.Paid, 65m, null, null, null)));
        await SendAsync(cluster, "2026-06-16T01:00:00Z", Event("e1", "da", "data", "2026-06-05T00:00:00Z", 30m));

        // Line 1 is a's 30.00, the last one the minimum of 70.00.
        var bill = await cluster.BillAsync("t", "c");
        Assert.Equal(["data 1: 30.00", $"main {bill.Lines.Length}: 65.00"], Draws(bill.WalletDraws));
        Assert.Equal(5m, bill.AmountDue);
        await cluster.AdvanceAsync("t", "2026-07-02T00:00:00Z");
        var invoice = (await customer.Invoices(null, 10)).Items.Single(i => i.PeriodEnd == At("2026-07-01T00:00:00Z"));
        Assert.Equal(["data 1: 30.00", "main 2: 65.00"], Draws(invoice.WalletDraws));
        await AuditAsync(cluster);
    }

    /// <summary>A process died when July's first invoice had its number; then a subscription came that began in May, and the minimum is reached.</summary>
    [Fact]
    public async Task A_number_that_was_given_is_used_whatever_comes_in_between()
    {
        await using var cluster = await Prepared();
        await cluster.PublishAsync("t", """{"id":"rent","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"50"}]}""");
        var alone = cluster.Customer("t", "alone");
        Ok(await alone.Register(new("alone", "alone", "EUR", null, [])));
        Ok(await alone.Agree(new("fee", new(30m, "Least", true), null, At("2026-06-01T00:00:00Z"), null, null, null, BillingCycle.Monthly)));
        var end = At("2026-07-01T00:00:00Z");
        await cluster.DoInPartitionAsync(EntityKind.Customer, "t", "alone", t => t.Append(new SpendPeriodDue("t", "alone", end)));
        var number = await cluster.Grains.GetGrain<IInvoiceSeriesGrain>("t").Assign($"alone|{end.ToUnixTimeTicks()}|0", "alone");
        await cluster.RestartAsync();
        Ok(await cluster.Grains.GetGrain<Contracts.Subscriptions.ISubscriptionGrain>(EntityKey.Of("t", "rent"))
            .Create(new("rent", "alone", "rent", null, At("2026-05-15T00:00:00Z"), null, null, "2026-05-15")));

        await cluster.AdvanceAsync("t", "2026-08-20T00:00:00Z");

        var invoices = (await cluster.Customer("t", "alone").Invoices(null, 10)).Items.Reverse().ToArray();
        Assert.Equal(number, invoices.Single(i => i.PeriodEnd == end).Id);
        Assert.Equal(
            Enumerable.Range(1, invoices.Length).Select(n => $"INV-{n:D6}"), invoices.Select(i => i.Id).Order(StringComparer.Ordinal));
        await AuditAsync(cluster);
    }

    [Fact]
    public async Task What_cannot_be_agreed_is_refused_with_the_place()
    {
        await using var cluster = await Prepared();
        var customer = cluster.Customer("t", "c");
        var good = new AgreementSpec("a", new(10m, "m", true), null, At("2026-06-01T00:00:00Z"), null, null, null, BillingCycle.Monthly);

        Assert.Equal(
            ["agreement.amount /minimum/amount", "agreement.minimum_above_maximum /minimum/amount",
             "agreement.maximum_prorated_alone /maximum/prorate", "agreement.cycle_count /cycle/count", "agreement.time_zone /timeZone",
             "agreement.anchor /anchorDate", "agreement.end /to"],
            Errors(await customer.Agree(good with
            {
                Minimum = new(10.005m, "m", false), Maximum = new(5m, "x", true), To = good.From, Cycle = new(CycleUnit.Month, 0),
                TimeZone = "Mars/Olympus", AnchorDate = "31",
            })));
        Assert.Equal(["agreement.bounds_missing "], Errors(await customer.Agree(good with { Minimum = null })));
        Assert.Equal(["agreement.from_past /from"], Errors(await customer.Agree(good with { From = At("2026-05-31T00:00:00Z") })));
        Assert.Equal(CommandOutcome.NotFound, (await cluster.Customer("t", "nobody").Agree(good)).Outcome);
        Assert.Empty((await customer.Agreements())!);

        Assert.Equal(CommandOutcome.Created, (await customer.Agree(good)).Outcome);
        Assert.Equal(CommandOutcome.Unchanged, (await customer.Agree(good)).Outcome);
        Assert.Equal(["agreement.exists /id"], Errors(await customer.Agree(good with { Minimum = new(11m, "m", true) })));
        Assert.Equal(["agreement.overlaps /from"], Errors(await customer.Agree(good with { Id = "b" })));
        Assert.Equal(["agreement.unknown "], Errors(await customer.EndAgreement("b", null)));
        Assert.Equal(["agreement.end /at"], Errors(await customer.EndAgreement("a", At("2026-06-01T00:00:00Z"))));
        await SendAsync(cluster, "2026-06-10T00:00:00Z", Event("e2", "db", "data", "2026-06-06T00:00:00Z", 70m));
        await cluster.AdvanceAsync("t", "2026-06-16T00:00:00Z");
        Assert.Equal(["agreement.end_past /at"], Errors(await customer.EndAgreement("a", At("2026-06-14T00:00:00Z"))));
        Ok(await customer.EndAgreement("a", At("2026-06-15T00:00:00Z")));
        Assert.Equal(["agreement.ended /at"], Errors(await customer.EndAgreement("a", At("2026-06-17T00:00:00Z"))));
    }

    private static async Task<BillingCluster> Prepared(string now = "2026-06-01T00:00:00Z")
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", now);
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"use","meter":"data","unitPrice":"1"}]}""");
        await cluster.SubscribeAsync("t", "c", "a", "p", "2026-06-01T00:00:00Z");
        Ok(await cluster.Grains.GetGrain<Contracts.Subscriptions.ISubscriptionGrain>(EntityKey.Of("t", "b"))
            .Create(new("b", "c", "p", null, At("2026-05-15T00:00:00Z"), null, null, "2026-05-15")));
        await cluster.RegisterAsync("t", "da", "a", "2026-06-01T00:00:00Z");
        await cluster.RegisterAsync("t", "db", "b", "2026-05-15T00:00:00Z");
        return cluster;
    }

    private static async Task SendAsync(BillingCluster cluster, string now, params UsageEvent[] events)
    {
        await cluster.AdvanceAsync("t", now);
        Assert.All(await cluster.SendAsync("t", events), r => Assert.True(r.Status is UsageStatus.Accepted or UsageStatus.Late, r.Code));
    }

    private static Task<CommandResult<AgreementView>> Agree(
        BillingCluster cluster, string id, decimal? minimum = null, decimal? maximum = null, string? from = null, string? zone = null,
        bool prorateMinimum = true, bool prorateMaximum = false) =>
        cluster.Customer("t", "c").Agree(new(
            id, minimum is { } least ? new CommitmentDefinition(least, "Least", prorateMinimum) : null,
            maximum is { } most ? new CommitmentDefinition(most, "Most", prorateMaximum) : null, from is null ? null : At(from), null, zone, null,
            BillingCycle.Monthly));

    private static async Task<string[]> Bill(BillingCluster cluster) => Lines((await cluster.BillAsync("t", "c")).Lines);

    private static async Task<string[]> Invoices(BillingCluster cluster) =>
    [
        .. (await cluster.Customer("t", "c").Invoices(null, 100)).Items.Reverse()
            .SelectMany(i => Lines(i.Lines).Select(l => $"{i.PeriodEnd.ToString("uuuu-MM-dd", null)} {l}")),
    ];

    private static string[] Lines(Core.Invoicing.InvoiceLine[] lines)
    {
        // The steps of a line add up to it.
        Assert.All(lines, l => Assert.Equal(l.Amount.ToDecimal(), l.Steps.Sum(s => s.Amount)));
        return [.. lines.Where(l => l.Amount.MinorUnits != 0)
            .Select(l => l.Agreement is null ? $"{l.Subscription} {l.Amount}" : $"agreement {l.Kind} {l.Amount}")];
    }

    private static IEnumerable<string> Draws(Core.Balances.WalletDraw[]? draws) =>
        (draws ?? []).SelectMany(d => d.Lines!.Select(l => $"{d.Wallet} {l.Line}: {l.Amount}"));

    private static async Task AuditAsync(BillingCluster cluster) => Assert.Empty((await cluster.AuditAsync("t")).Findings);

    private static IEnumerable<string> Errors(CommandResult<AgreementView> result) => result.Errors.Select(e => $"{e.Code} {e.Pointer}");
}
